"""The command line: `entraide --help` says what there is."""

import os
import sys

import click

from entraide import __version__
from entraide.commands import checking, estimate, htcds, keeping, lots, messages, node, posts, release, states, texts, treaties, world
from entraide.commands.sections import Sections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entraide.config.settings")


@click.group(cls=Sections, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="entraide")
def main() -> None:
    """Entraide: acting together against trafficking in persons.

    `entraide demo` starts everything with an invented world. A node of one's own is told by the environment where its database is
    (ENTRAIDE_WEB_URL, ENTRAIDE_OWNER_URL) and keeps its keys in ENTRAIDE_STATE; README.md shows each step. Every command has a
    --help of its own.
    """


main.add_section("Look around", node.demo)
main.add_section("Set up a node", node.prepare, node.migrate, world.facts, posts.post)
main.add_section("Run a node", node.serve, node.worker)
main.add_section("Keep and forget", keeping.backup, keeping.restore, keeping.keys, keeping.audit)
main.add_section("Files in and out", htcds.import_, htcds.export)
main.add_section("Without a node", texts.texts, treaties.treaties, release.release, estimate.estimate, lots.lots)
main.add_section("Change Entraide itself", checking.check, messages.messages, states.states, world.demo_world)

if __name__ == "__main__":
    sys.exit(main())
