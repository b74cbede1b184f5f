"""The command line: `entraide --help` says what there is."""

import os
import sys

import click

from entraide import __version__
from entraide.commands import checking, estimate, htcds, keeping, lots, messages, node, posts, release, states, texts, treaties, world

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entraide.config.settings")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="entraide")
def main() -> None:
    """Entraide: acting together against trafficking in persons.

    `entraide demo` starts everything with an invented world. A node of one's own is told by the environment where its database is
    (ENTRAIDE_WEB_URL, ENTRAIDE_OWNER_URL) and keeps its keys in ENTRAIDE_STATE.
    """


for command in (
    node.demo, node.serve, node.worker, node.migrate, node.prepare,
    world.facts, world.demo_world, posts.post,
    checking.check,
    states.states, messages.messages,
    htcds.import_, htcds.export, texts.texts, treaties.treaties, lots.lots,
    release.release,
    estimate.estimate,
    keeping.backup, keeping.restore, keeping.keys, keeping.audit,
):  # fmt: skip
    main.add_command(command)

if __name__ == "__main__":
    sys.exit(main())
