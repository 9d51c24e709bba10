import pytest

from tests.installation import Installation
from tests.journeys.browser import Person, chromium


@pytest.fixture(scope="package")
def browser():
    """Close with the last journey: Playwright's loop runs in the thread meanwhile, and
    what signs papers in other tests would find a loop that is not its own."""
    with chromium() as running:
        yield running


def served(folder, name, *options):
    """Yield an installation of the demo office, served while it is used."""
    made = Installation(folder / "rumah", name)
    made.himpun("demo", "--load-only", *options)
    with made.serving():
        yield made
    made.remove()


@pytest.fixture(scope="package")
def january(tmp_path_factory):
    """The demo on 2 January 2025, without the case 2024."""
    folder = tmp_path_factory.mktemp("januari")
    yield from served(folder, "jan", "--without-case", "--on", "2025-01-02")


@pytest.fixture(scope="package")
def october(tmp_path_factory):
    """The demo on 7 October 2026."""
    folder = tmp_path_factory.mktemp("oktober")
    yield from served(folder, "okt", "--without-case", "--on", "2026-10-07")


@pytest.fixture(scope="module")
def people_of(browser):
    """Let the people of an office sit down: `people_of(installation, "muncar")`."""
    seated = []

    def sit(installation, place, names=("pelaksana", "kasubbag", "sekcam", "camat")):
        for name in names:
            person = Person(
                browser,
                installation.url,
                f"{name}.{place}",
                small=name == "camat",
            )
            seated.append(person.sign_in())
        return dict(zip(names, seated[-len(names) :], strict=True))

    yield sit
    for person in seated:
        person.leave()
