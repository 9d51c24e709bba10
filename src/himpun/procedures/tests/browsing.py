"""What a browser would send of a form that a page shows."""

from html.parser import HTMLParser


class Inputs(HTMLParser):
    """The fields of the form of a page and what a browser would send of them."""

    def __init__(self, page):
        super().__init__()
        self.sent, self.area, self.select = {}, None, None
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self.inside = "data-draf" in a
        if not self.inside:
            return
        name = a.get("name")
        ticked = a.get("type") != "checkbox" or "checked" in a
        if tag == "input" and name and ticked:
            self.sent[name] = a.get("value", "")
        elif tag == "textarea":
            self.area, self.sent[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in a:
            self.sent[self.select] = a["value"]

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.sent[self.area] = self.sent[self.area].removeprefix("\n")
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.sent[self.area] += data
