# shellcheck shell=bash
# Makes a package of the installed one, from its files and dpkg's records, with the configuration as it was shipped:
#
#   repack.sh FILE.deb
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"

conffiles() {
    # shellcheck disable=SC2016  # dpkg's variable
    dpkg-query --show --showformat='${Conffiles}\n' "$NAME" | sed -n '/ obsolete$/d; s|^ \(/.*\) [0-9a-f]*$|\1|p'
}

copy_files() {
    local tree=$1 control=$1/DEBIAN path
    dpkg-query --listfiles "$NAME" | while IFS= read -r path; do
        if [[ -d $path && ! -L $path ]]; then
            mkdir -p "$tree$path"
        elif grep -qxF "$path" "$control/conffiles"; then
            install -m 0644 "$program/lib/etc${path#"$etc"}" "$tree$path"
        else
            cp -a "$path" "$tree$path"
        fi
    done
}

copy_control() {
    local control=$1 file
    dpkg-query --control-list "$NAME" | while IFS= read -r file; do
        cp "$(dpkg-query --control-path "$NAME" "$file")" "$control/$file"
    done
    conffiles >"$control/conffiles"
    # But for what dpkg adds to its record of a package, with the lines that belong to it.
    dpkg-query --status "$NAME" \
        | awk '/^[^ ]/ { added = /^(Status|Conffiles|Config-Version):/ } !added' >"$control/control"
}

main() {
    local target=$1 tree
    umask 022
    tree=$(mktemp -d)
    # shellcheck disable=SC2064  # the folder of now
    trap "rm -rf '$tree'" EXIT
    chmod 0755 "$tree"
    mkdir "$tree/DEBIAN"
    copy_control "$tree/DEBIAN"
    copy_files "$tree"
    dpkg-deb --root-owner-group -Znone --build "$tree" "$target" >/dev/null
}

main "$@"
