# shellcheck shell=bash
# Sourced by run and verify: gets the programs that they need, on Debian and Ubuntu.

# Installs what is missing of "command=package" pairs, quietly; nothing is asked of apt when all is there.
need_commands() {
    local pair missing=()
    for pair in "$@"; do
        command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
    done
    ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

install_packages() {
    local log
    command -v apt-get >/dev/null || fail "please install $*: this system has no apt-get to do it with."
    log=$(mktemp)
    echo "installing $*" >&2
    if ! { as_root apt-get update && as_root apt-get install --yes --no-install-recommends "$@"; } >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        fail "could not install $*; the log is $log."
    fi
    rm -f "$log"
}

as_root() {
    if ((EUID == 0)); then
        DEBIAN_FRONTEND=noninteractive "$@"
    else
        command -v sudo >/dev/null || fail "installing packages needs root: run as root, or install sudo."
        sudo DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

# A JDK 17 with its compiler, and Maven. Another Java may be there as well; JAVA_HOME says which one is meant.
need_build_tools() {
    if ! is_jdk_17 "${JAVA_HOME:-/nowhere}"; then
        compgen -G '/usr/lib/jvm/java-17-openjdk-*/bin/javac' >/dev/null || install_packages openjdk-17-jdk-headless
        JAVA_HOME=$(dirname -- "$(dirname -- "$(compgen -G '/usr/lib/jvm/java-17-openjdk-*/bin/javac' | head -n 1)")")
        export JAVA_HOME
    fi
    need_commands mvn=maven
}

is_jdk_17() {
    [[ -x $1/bin/javac && $("$1/bin/javac" -version 2>&1) == 'javac 17.'* ]]
}
