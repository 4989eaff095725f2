# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

load livepatch-left-loaded.ko
kpatch load livepatch-left-loaded-core.ko || die "kpatch load"
