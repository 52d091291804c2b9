# shellcheck shell=bash
# Takes back what install did.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"

purge=false yes=false

usage() {
    cat <<'USAGE'
Usage: lunaria uninstall [--purge [--yes]] [--root DIR]

Stops the service and removes it, the program and the command. The configuration in /etc/lunaria, the volumes in
/var/lib/lunaria, the log and what was kept from before upgrades stay, and the user that they belong to; lunaria install
goes on with them.

  --purge        delete those as well, with all data of the volumes in /var/lib/lunaria; asks before
  --yes          do not ask
  --root DIR     from the system in this folder
USAGE
}

parse_arguments() {
    while (($# > 0)); do
        case $1 in
            --purge) purge=true ;;
            --yes) yes=true ;;
            --root) (($# > 1)) || fail "--root needs a folder." && root=$2 && shift ;;
            --help | -h) usage && exit ;;
            *) usage >&2 && fail "unknown argument $1." ;;
        esac
        shift
    done
    [[ -z $root ]] || root=$(readlink -f -- "$root")
    [[ $root != / ]] || root=''
}

# Where install put it: as its unit says.
find_prefix() {
    local unit=$root/etc/systemd/system/$UNIT
    [[ ! -e $root/usr/share/lunaria/lib/VERSION ]] \
        || fail "this is the package lunaria: remove it with apt remove lunaria, or apt purge lunaria."
    [[ -e $unit ]] || fail "there is no service to remove: $unit does not exist."
    prefix=$(sed -n 's|^ExecStart=\(.*\)/bin/lunaria run$|\1|p' "$unit")
    [[ $prefix == /* && -e $root$prefix/lib/locations ]] || fail "$unit names no program that lunaria install put there."
}

ask_for_purge() {
    local volumes=$root$data/volumes count=0 bytes=0
    if [[ -d $volumes ]]; then
        count=$(find "$volumes" -type f ! -name '*.journal' | wc -l)
        bytes=$(du -sh "$volumes" | cut -f 1)
    fi
    confirm "This deletes the configuration and all data of $count volumes ($bytes) in $data." $yes
}

remove() {
    local part
    [[ -n $root ]] || stop_service "$prefix"
    rm -f "$root/etc/systemd/system/multi-user.target.wants/$UNIT" "$root/etc/systemd/system/$UNIT"
    reload_units
    [[ ! -L $root/usr/local/bin/lunaria || $(readlink "$root/usr/local/bin/lunaria") != "$prefix/bin/lunaria" ]] \
        || rm "$root/usr/local/bin/lunaria"
    for part in bin system lib; do
        rm -rf "$root${prefix:?}/$part"
    done
    rmdir "$root$prefix" 2>/dev/null || true
    [[ -n $root ]] || rm -rf /run/lunaria
}

main() {
    parse_arguments "$@"
    check_root
    find_prefix
    ! $purge || ask_for_purge
    remove
    if $purge; then
        rm -rf "$root${etc:?}" "$root${data:?}" "$root${logs:?}" "$root${backups:?}"
        echo "lunaria: removed, with configuration and data. The user $NAME stays: volumes elsewhere may belong to it."
    else
        echo "lunaria: removed; configuration and data stay in $etc and $data."
    fi
}

main "$@"
