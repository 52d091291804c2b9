# shellcheck shell=bash
# Back to the program and the configuration that an upgrade replaced.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"

yes=false list=false wanted=''

usage() {
    cat <<'USAGE'
Usage: lunaria rollback-upgrade [--list | [NAME] [--yes]]

Back to the program and the configuration of before the last upgrade, or of the one that NAME names. What is there now is
kept in the same way before, so that a second rollback-upgrade goes forth again. Volumes, reservations and what initiators
saved stay as they are now; a volume that was created since keeps its file, and is served no more.

  --list   what is kept, the newest last
  --yes    do not ask
USAGE
}

parse_arguments() {
    while (($# > 0)); do
        case $1 in
            --yes) yes=true ;;
            --list) list=true ;;
            --help | -h) usage && exit ;;
            -*) usage >&2 && fail "unknown argument $1." ;;
            *) wanted=$1 ;;
        esac
        shift
    done
}

choose() {
    [[ -n $wanted ]] || wanted=$(saved_names | tail -n 1)
    [[ -n $wanted ]] || fail "nothing is kept from before an upgrade in $backups."
    [[ $wanted != */* && -e $backups/$wanted/configuration.tar ]] \
        || fail "nothing of the name $wanted is kept; lunaria rollback-upgrade --list shows what is."
    # Saving what is there now may forget the oldest, which may be the one that is wanted.
    saved=$(mktemp -d "$backups/.rollback.XXXXXX")
    cp -a "$backups/$wanted/." "$saved"
}

# What was made since would be served no more: it is named before.
name_what_goes() {
    local gone
    gone=$(LC_ALL=C comm -23 <(cd "$etc" && find . -name 'org.lunaria.*-*.cfg' | LC_ALL=C sort) \
        <(tar -tf "$saved/configuration.tar" | LC_ALL=C sort) | sed 's|^\./||' | paste -sd ' ')
    [[ -z $gone ]] || echo "lunaria: not in the configuration of then: $gone"
}

restore_configuration() {
    local new=$etc.restored old=$etc.replaced
    rm -rf "$new" "$old" && mkdir "$new"
    tar -C "$new" --same-owner --preserve-permissions -xf "$saved/configuration.tar"
    sync -f "$new"
    mv -T "$etc" "$old"
    mv -T "$new" "$etc"
    rm -rf "$old"
}

restore_program() {
    local part
    if [[ -e $saved/$NAME.deb ]]; then
        # It was kept above already, and configuration files are those of then.
        LUNARIA_SAVED=yes dpkg --force-confold --force-downgrade --install "$saved/$NAME.deb"
    else
        for part in bin system lib; do
            rm -rf "${program:?}/$part.restored"
        done
        tar -C "$program" --no-same-owner --preserve-permissions --transform 's|^\([^/]*\)|\1.restored|' -xf "$saved/program.tar"
        for part in bin system lib; do
            rm -rf "${program:?}/$part"
            mv -T "$program/$part.restored" "$program/$part"
        done
        [[ ! -e $program/lib/service/$UNIT ]] || write_unit "$program"
    fi
}

main() {
    parse_arguments "$@"
    ! $list || { saved_names && return; }
    check_root
    [[ -e $program/lib/locations ]] || fail "this is no installed service; bin/install of the former archive goes back."
    choose
    # shellcheck disable=SC2064  # the folder of now
    trap "rm -rf '$saved'" EXIT
    name_what_goes
    confirm "This goes back to $wanted: its program and its configuration." $yes
    ran=false
    ! runs || ran=true
    stop_service "$program"
    save_before_upgrade "$program"
    restore_configuration
    restore_program
    ! $ran || "$program/bin/lunaria" start
    echo "lunaria: this is $("$program/bin/lunaria" version | cut -d ' ' -f 2) with the configuration of $wanted."
}

main "$@"
