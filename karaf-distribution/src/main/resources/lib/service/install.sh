# shellcheck shell=bash
# Makes the program in this folder a service, or renews the one that is there.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.sh"

prefix=/opt/lunaria start=true ran=false

usage() {
    cat <<'USAGE'
Usage: lunaria install [--prefix DIR] [--root DIR] [--no-start]

Makes the appliance a service of systemd that runs as the user lunaria: the program in /opt/lunaria, its configuration
in /etc/lunaria, volumes and state in /var/lib/lunaria, the log in /var/log/lunaria, and the command lunaria in
/usr/local/bin. Where it is installed already, the program is renewed, configuration and data stay, and what is
replaced is kept for lunaria rollback-upgrade.

  --prefix DIR   where the program goes (default: /opt/lunaria)
  --root DIR     install into the system in this folder, for images; nothing is started
  --no-start     neither start it now nor at the start of the machine
USAGE
}

parse_arguments() {
    while (($# > 0)); do
        case $1 in
            --prefix) (($# > 1)) || fail "--prefix needs a folder." && prefix=$2 && shift ;;
            --root) (($# > 1)) || fail "--root needs a folder." && root=$2 && shift ;;
            --no-start) start=false ;;
            --help | -h) usage && exit ;;
            *) usage >&2 && fail "unknown argument $1." ;;
        esac
        shift
    done
    [[ $prefix == /*[!/] && $prefix != *[[:space:]]* ]] \
        || fail "--prefix $prefix is not an absolute path without blanks, as in /opt/lunaria."
    [[ -z $root ]] || root=$(readlink -f -- "$root")
    [[ $root != / ]] || root=''
}

check_system() {
    check_root
    [[ -e $root/etc/passwd ]] || fail "--root $root is no system: it has no etc/passwd."
    [[ -e $root/usr/lib/systemd || -e $root/lib/systemd ]] \
        || fail "there is no systemd here to run a service: use bin/lunaria start."
    [[ ! -e $root/usr/share/lunaria/lib/VERSION ]] \
        || fail "the package lunaria is installed: remove it first, with apt remove lunaria."
    [[ $program != "$root$prefix" ]] \
        || fail "this is the installed program: call the one in the folder of the archive."
}

# The user's number is that of the system in root, and may be another one here.
create_user() {
    grep -q "^$NAME:" "$root/etc/passwd" \
        || useradd ${root:+--prefix "$root"} --system --user-group --home-dir "$data" --no-create-home \
            --shell /usr/sbin/nologin --comment 'Lunaria storage appliance' "$NAME"
    owner=$(awk -F: -v name="$NAME" '$1 == name { print $3 ":" $4 }' "$root/etc/passwd")
}

lay_out() {
    local folder
    for folder in "$etc" "$data" "$logs"; do
        [[ -d $root$folder ]] || install -d -m 0750 "$root$folder"
    done
    "$program/bin/install" "$root$prefix" "$root$etc" "$root$data"
    write_locations >"$root$prefix/lib/locations"
    chown -R --no-dereference 0:0 "$root$prefix"
    chmod -R go+rX,go-w "$root$prefix"
    find "$root$etc" "$root$data" "$root$logs" -xdev -user 0 \( -type d -o -links 1 \) -exec chown -h "$owner" {} +
}

write_locations() {
    printf '%s\n' "# Where the parts of this installation are; read by bin/lunaria." \
        "base=$data etc=$etc data=$data logs=$logs run=/run/lunaria user=$NAME"
}

put_on_path() {
    mkdir -p "$root/usr/local/bin"
    ln -sfn "$prefix/bin/lunaria" "$root/usr/local/bin/lunaria"
}

enable_and_start() {
    local wants=$root/etc/systemd/system/multi-user.target.wants
    $start || return 0
    mkdir -p "$wants"
    ln -sfn "/etc/systemd/system/$UNIT" "$wants/$UNIT"
    reload_units
    if systemd_runs; then
        systemctl start "$UNIT"
        echo "lunaria: serving; lunaria status says how it is."
    elif $ran; then
        "$prefix/bin/lunaria" start
    else
        echo "lunaria: it starts with the machine${root:+ in $root}."
    fi
}

main() {
    parse_arguments "$@"
    check_system
    if [[ -e $root$prefix/lib/locations ]]; then
        [[ -n $root ]] || ! runs || ran=true
        [[ -n $root ]] || stop_service "$prefix"
        save_before_upgrade "$root$prefix"
    fi
    create_user
    lay_out
    write_unit "$prefix"
    put_on_path
    echo "lunaria: $(<"$program/lib/VERSION") is installed in $prefix, with its configuration in $etc and volumes in $data."
    enable_and_start
}

main "$@"
