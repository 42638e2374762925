"""``dxplan completion``: what a shell has to be told once, so that TAB completes commands, options, ids and years."""

from typing import Annotated

import typer

from dxplan.cli.completing import FILES, VARIABLE
from dxplan.cli.options import Session, choice
from dxplan.cli.output import print_text

_BASH = """\
_dxplan() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == FILES ]]; then
            compopt -o default 2>/dev/null
            return
        fi
        COMPREPLY+=("$line")
    done < <(VARIABLE=bash "$1" "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _dxplan dxplan
"""
_ZSH = """\
#compdef dxplan
_dxplan() {
    local line
    local -a found shown
    while IFS= read -r line; do
        if [[ $line == FILES ]]; then
            _files
            return
        fi
        found+=("${line%%$'\\t'*}")
        shown+=("${line/$'\\t'/  }")
    done < <(VARIABLE=zsh "${words[1]}" "${(@)words[2,CURRENT]}" 2>/dev/null)
    compadd -l -d shown -a found
}
if [ "$funcstack[1]" = _dxplan ]; then
    _dxplan "$@"
else
    compdef _dxplan dxplan
fi
"""
_FISH = """\
function __dxplan_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in (env VARIABLE=fish $words[1] $words[2..-1] "$current" 2>/dev/null)
        if test "$line" = FILES
            __fish_complete_path "$current"
        else
            printf '%s\\n' "$line"
        end
    end
end
complete -c dxplan -f -a '(__dxplan_complete)'
"""
SCRIPTS = {
    shell: script.replace("VARIABLE", VARIABLE).replace("FILES", FILES)
    for shell, script in (("bash", _BASH), ("zsh", _ZSH), ("fish", _FISH))
}


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say

    @app.command(
        help=_(
            "シェルの補完（コマンド、オプション、計画のIDと年度）を使うための設定を示す",
            "Print what a shell needs to complete commands, options, and the plan's ids and years",
        ),
        epilog=_(
            '例: eval "$(dxplan completion bash)" を ~/.bashrc に書く。詳しくは docs/install.md',
            'Example: put eval "$(dxplan completion bash)" in ~/.bashrc. More in docs/install.md',
        ),
    )
    def completion(
        shell: Annotated[
            str, typer.Argument(metavar="bash|zsh|fish", help=_("シェル", "The shell"), show_default=False)
        ],
    ) -> int:
        print_text(choice("SHELL", shell, SCRIPTS))
        return 0
