# SPDX-License-Identifier: GPL-2.0-only
#
# The module that is patched: as many small functions as are asked for, of which the first ones
# can be changed. awk -v functions=1000 -v changed=100 -f target.awk
BEGIN {
	print "// SPDX-License-Identifier: GPL-2.0-only"
	print "#include <linux/module.h>"
	print "#include \"bench-target.h\""
	for (i = 0; i < functions; i++) {
		printf "unsigned long bench_target_%d(unsigned long x);\n", i
		printf "noinline unsigned long bench_target_%d(unsigned long x)\n{\n", i
		printf "\treturn (x ^ %d) + %d;\n}\n", i, i < changed ? 2 : 1
	}
	print "EXPORT_SYMBOL_GPL(bench_target_0);"
	print "MODULE_LICENSE(\"GPL\");"
	print "MODULE_DESCRIPTION(\"functions for a patch\");"
}
