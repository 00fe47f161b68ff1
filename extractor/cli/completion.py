"""``extractor completion``: the name of a shell in, its completion script out."""

import click
from click.shell_completion import get_completion_class


@click.command("completion", short_help="Print a script that completes commands and options in your shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    r"""Print a script that completes commands and options in SHELL.

    \b
    extractor completion bash >> ~/.bashrc
    extractor completion zsh >> ~/.zshrc
    extractor completion fish > ~/.config/fish/completions/extractor.fish
    """
    complete = get_completion_class(shell)
    if complete is not None:
        click.echo(complete(ctx.find_root().command, {}, "extractor", "_EXTRACTOR_COMPLETE").source())
