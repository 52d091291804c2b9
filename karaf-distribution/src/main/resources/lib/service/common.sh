# shellcheck shell=bash disable=SC2034  # its variables are for those who source it
# Sourced by the scripts of this folder, as root: what the service is called, where its parts are, and what was saved of
# it before upgrades. They work on the system below the folder root, which is empty for the one that runs.

readonly NAME=lunaria
readonly UNIT=lunaria.service
# Programs and configurations that are kept from before upgrades.
readonly KEPT=5

program=$(dirname -- "$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")")
readonly program
root=''
etc=/etc/lunaria data=/var/lib/lunaria logs=/var/log/lunaria backups=/var/backups/lunaria

fail() {
    echo "lunaria: $*" >&2
    exit 1
}

check_root() {
    ((EUID == 0)) || fail "this changes the system: run it as root."
}

# Nothing of systemd is asked unless it runs here.
systemd_runs() {
    [[ -z $root && -d /run/systemd/system ]]
}

reload_units() {
    ! systemd_runs || systemctl daemon-reload
}

# The unit of the program in a folder; an interruption leaves the former.
write_unit() {
    local prefix=$1 folder=$root/etc/systemd/system
    mkdir -p "$folder"
    sed -e "s|@program@|$prefix|" -e "s|@etc@|$etc|" "$root$prefix/lib/service/$UNIT" >"$folder/.$UNIT.new"
    mv "$folder/.$UNIT.new" "$folder/$UNIT"
    reload_units
}

runs() {
    [[ -e $root$data/lunaria.lock ]] && ! flock --nonblock --shared "$root$data/lunaria.lock" true
}

stop_service() {
    local installed=$1
    ! runs || "$installed/bin/lunaria" stop
    # One that is about to be started anew does not run, and would be back in the middle of what follows.
    ! systemd_runs || systemctl stop "$UNIT" 2>/dev/null || true
}

# Asks, unless the answer was given before, with --yes; where nobody can answer, it is no.
confirm() {
    local answer='' said_yes=$2
    ! $said_yes || return 0
    [[ -t 0 ]] || fail "$1 Give --yes to do so."
    read -r -p "$1 Do it? [y/N] " answer
    [[ $answer == [yY]* ]] || fail "nothing was done."
}

# Keeps the program in a folder and the configuration, before either changes. The folder appears whole, or not at all.
save_before_upgrade() {
    local installed=$1 folder=$root$backups name partial
    name=$(date -u +%Y%m%dT%H%M%SZ)-$(<"$installed/lib/VERSION")
    partial=$folder/.partial
    install -d -m 0700 "$folder"
    rm -rf "$partial" && install -d -m 0700 "$partial"
    (umask 077 && tar -C "$root$etc" -cf "$partial/configuration.tar" .)
    if is_packaged "$installed"; then
        bash "$installed/lib/service/repack.sh" "$partial/$NAME.deb"
    else
        (umask 077 && tar -C "$installed" -cf "$partial/program.tar" bin lib system)
    fi
    sync "$partial"/* "$partial"
    rm -rf "${folder:?}/$name"
    mv "$partial" "$folder/$name"
    sync "$folder"
    forget_old
    echo "lunaria: the program and the configuration from before are in $backups/$name."
}

is_packaged() {
    [[ -z $root ]] && command -v dpkg-query >/dev/null && dpkg-query --search "$1/lib/VERSION" >/dev/null 2>&1
}

saved_names() {
    [[ ! -d $root$backups ]] || find "$root$backups" -mindepth 1 -maxdepth 1 -type d -name '[0-9]*' -printf '%f\n' | LC_ALL=C sort
}

forget_old() {
    local name
    saved_names | head -n "-$KEPT" | while IFS= read -r name; do
        rm -rf "$root${backups:?}/$name"
    done
}
