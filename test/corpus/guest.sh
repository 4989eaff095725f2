# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash
#
# Loads and unloads the one module that lies beside it, with the stock modules it patches in the
# kernel. What those say when they are loaded is theirs: the log begins behind it.
# shellcheck source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

while read -r module; do
	modprobe "$module" >/dev/null 2>&1 || echo "absent: $module"
done <modules
sleep 0.3
dmesg -c >/dev/null
for file in *.ko; do
	load "$file"
	# of what is new here nothing has been used
	unload "$file" --outlives
done
