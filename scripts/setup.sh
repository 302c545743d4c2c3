#!/usr/bin/env bash
# Brings a machine from nothing to where the project runs: setup.sh run | test. Each step is skipped when it is done.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=${1:-run}
python=${PYTHON:-python3}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

say() { printf '%s\n' "$*"; }
stop() { printf '\n%s\n' "$*" >&2; exit 1; }

# step NAME COMMAND… — one line with the time it took; what the command printed only if it failed.
step() {
  local name=$1 begun=$EPOCHREALTIME
  shift
  printf '▸ %s …' "$name"
  if "$@" >"$log" 2>&1; then
    awk -v a="$begun" -v b="$EPOCHREALTIME" 'BEGIN { printf " %.1f 秒\n", b - a }'
  else
    printf ' 失败\n'
    tail -n 30 "$log" >&2
    exit 1
  fi
}

# System packages

need=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-babelstone-han fonts-lxgw-wenkai)
[ "$purpose" = run ] || need+=(chromium)
command -v "$python" >/dev/null || need+=(python3 python3-venv)
if command -v "$python" >/dev/null && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then need+=(python3-venv); fi

missing=()
if command -v dpkg-query >/dev/null; then
  for package in "${need[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
else
  "$python" -c 'import ctypes; ctypes.CDLL("libpangoft2-1.0.so.0"); ctypes.CDLL("libharfbuzz-subset.so.0")' 2>/dev/null ||
    stop "本机不是 Debian 系统。请安装与下列 Debian 软件包对应的软件后重试：${need[*]}"
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then as_root=(sudo); else as_root=(false); fi
fi

update_lists() { "${as_root[@]}" apt-get update -q; }
lists_are_there() { [ -n "$(apt-cache policy "$1" 2>/dev/null | grep -E 'Candidate: [0-9]')" ]; }

if [ ${#missing[@]} -gt 0 ]; then
  [ "${as_root[*]:-}" != false ] ||
    stop "缺少系统软件包，且当前用户无权安装。请由管理员运行：
    apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  for package in "${missing[@]}"; do
    lists_are_there "$package" || { step "更新软件包清单" update_lists; break; }
  done
  step "安装系统软件：${missing[*]}" \
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
fi

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  stop "需要 Python 3.11 或更新的版本，$python 是 $("$python" --version)。可用 PYTHON=… 另行指定。"

# PostgreSQL refuses to run as root; a user of its own keeps the data from the machine's other services.
if [ "$(id -u)" -eq 0 ] && [ -z "${DATABASE_URL:-}" ] && ! id bangfu >/dev/null 2>&1; then
  step "建立运行数据库的系统用户 bangfu" useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin bangfu
fi

# Fonts

fonts=${BANGFU_FONTS_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/bangfu/fonts}
faces=(FandolFang-Regular.otf FandolKai-Regular.otf FandolHei-Regular.otf FandolSong-Bold.otf)

# Their Debian package would bring all of TeX, so only the four files are taken out of it.
fetch_fandol() {
  local work inside=./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol
  work=$(mktemp -d)
  (cd "$work" && apt-get -o APT::Sandbox::User=root download -q texlive-lang-chinese) &&
    dpkg-deb --fsys-tarfile "$work"/texlive-lang-chinese_*.deb | tar -x -C "$work" "${faces[@]/#/$inside/}" &&
    install -m 644 "${faces[@]/#/$work/$inside/}" "$fonts"
  local outcome=$?
  rm -rf "$work"
  return $outcome
}

mkdir -p "$fonts"
cmp -s scripts/fonts.conf "$fonts/fonts.conf" || install -m 644 scripts/fonts.conf "$fonts/fonts.conf"
for face in "${faces[@]}"; do
  [ -s "$fonts/$face" ] && continue
  command -v dpkg-deb >/dev/null || stop "请把 ${faces[*]} 放入 $fonts 后重试。"
  if ! lists_are_there texlive-lang-chinese; then
    [ "${as_root[*]:-}" != false ] || stop "请由管理员运行 apt-get update 后重试。"
    step "更新软件包清单" update_lists
  fi
  step "取公文字体（方斗仿宋、楷体、黑体、宋体，下载约 49 MB）" fetch_fandol
  break
done

# Python packages, exactly those of the lock

if [ "$purpose" = run ]; then lock=requirements.txt; else lock=requirements-dev.txt; fi
stamp() { cat "$1" <("$python" --version) | sha256sum | cut -d' ' -f1; }
if [ ! -e .venv/bin/python ] || ! .venv/bin/python -c '' 2>/dev/null; then
  step "建立 Python 环境" "$python" -m venv --clear .venv
fi
if [ "$(cat ".venv/.$lock" 2>/dev/null)" != "$(stamp $lock)" ]; then
  step "安装 Python 软件包（$lock）" .venv/bin/python -m pip install --disable-pip-version-check --require-hashes -r "$lock"
  stamp requirements.txt >.venv/.requirements.txt
  [ "$purpose" = run ] || stamp requirements-dev.txt >.venv/.requirements-dev.txt
fi
