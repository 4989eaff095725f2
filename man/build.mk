# SPDX-License-Identifier: GPL-2.0-only
MAN_FILES += $(wildcard man/*.1)
