# shellcheck shell=bash
# Keeps what a package is about to replace; called by its maintainer scripts.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"
save_before_upgrade "$program"
