# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# One module out of the diff objects: joined with the glue, completed by the target kernel's
# own objtool, and turned into a livepatch module by create-patch-module.
#
# reads:  DIFF_OBJECTS, PATCHES, CVES, KERNEL, INFO, PARTS, RUN, MODULE, OPT_BACKEND,
#         OPT_REPLACE, OPT_OUTPUT, OPT_SIGN_KEY, OPT_SIGN_CERT
# sets:   RESULT (the module's path), RESULT_CORE (the core module's, or empty)

link_module() {
	step_begin link
	link_join
	link_objtool
	link_write
	link_sign
	link_deliver
	step_end "${RESULT##*/}"
}

# The same linker flags as for any module, and no build-id: two builds give the same bytes. Not
# the linker script of modules: it throws the .discard.* sections away, in which objtool
# finds the compiler's and the kernel's notes; create-patch-module drops them afterwards.
link_join() {
	local entry ld=ld flags=() glue=kpatch-glue
	[[ $OPT_BACKEND != core ]] || glue=kpatch-glue-core
	while IFS= read -r -d '' entry; do
		case $entry in
		KPATCH_KBUILD_ROOT=*) KBUILD_ROOT=${entry#*=} ;;
		LD=*)		 ld=${entry#*=} ;;
		KBUILD_LDFLAGS=*) read -ra flags <<<"${entry#*=}" ;;
		esac
	done <"$KERNEL/env"
	in_root "$KBUILD_ROOT" "$ld" -r "${flags[@]}" -T "$KPATCH_BUILD_DIR/join.lds" \
		-o "$RUN/joined.o" "$PARTS/$glue.o" "${DIFF_OBJECTS[@]}" >"$RUN/tool.out" 2>&1 || link_failed "the linker fails"
	log_file "$RUN/tool.out"
}

link_failed() {
	log_file "$RUN/tool.out"
	die_if_full "$RUN/tool.out"
	end_line
	cat "$RUN/tool.out" >&2
	die "$EXIT_ERROR" link-failed "$1 on the joined objects"
}

link_objtool() {
	local arguments=() environment=()
	read -ra arguments <"$PARTS/objtool-arguments" || true
	[[ ${#arguments[@]} -gt 0 ]] || return 0
	# Several files in one object: what kbuild says for vmlinux.o and modules made of parts.
	[[ " ${arguments[*]} " == *" --link "* ]] || arguments+=(--link)
	# A packaged objtool may be one for several architectures, which asks for SRCARCH.
	mapfile -t -d '' environment <"$KERNEL/env"
	(cd "$RUN" && in_root "$KBUILD_ROOT" env -i "${environment[@]}" LC_ALL=C \
		"$KERNEL/tree/tools/objtool/objtool" "${arguments[@]}" joined.o) \
		>"$RUN/tool.out" 2>&1 || link_failed "the kernel's objtool fails"
	[[ ! -s $RUN/tool.out ]] || link_objtool_said
}

# objtool warns where the stack cannot be unwound or a mitigation is missing: a module with
# that must not be loaded.
link_objtool_said() {
	log_file "$RUN/tool.out"
	! grep -qE '(warning|error): objtool' "$RUN/tool.out" || {
		end_line
		grep -E '(warning|error): objtool' "$RUN/tool.out" >&2
		die "$EXIT_REFUSED" objtool-warning "the kernel's objtool does not accept the patched code; its messages are above, and name the function: write it in another way"
	}
}

link_write() {
	local arguments=(--name "$MODULE" --build-id "${INFO[build_id]}") key status=0
	local symvers=$KERNEL/tree/Module.symvers
	if [[ $OPT_BACKEND == core ]]; then
		arguments+=(--core "$KERNEL/vmlinux")
		cat "$symvers" "$PARTS/core/Module.symvers" >"$RUN/Module.symvers"
		symvers=$RUN/Module.symvers
	fi
	for key in "${MODINFO[@]}"; do
		arguments+=(--modinfo "$key")
	done
	[[ -n $OPT_REPLACE ]] || arguments+=(--non-replace)
	"$PATCH_MODULE" "${arguments[@]}" "$RUN/joined.o" "$symvers" \
		"$RUN/$MODULE.ko" >"$RUN/tool.out" 2>&1 || status=$?
	log_file "$RUN/tool.out"
	[[ $status -eq 0 ]] || {
		die_if_full "$RUN/tool.out"
		! grep -q '\[nothing-to-patch\]$' "$RUN/tool.out" ||
			die "$EXIT_UNCHANGED" nothing-changed "the patch adds code, and nothing in the compiled code of ${INFO[release]} comes to use it; no module was written"
		end_line
		cat "$RUN/tool.out" >&2
		[[ $status -eq 2 ]] || die "$EXIT_ERROR" link-failed "create-patch-module ended with status $status"
		finish "$EXIT_REFUSED"
	}
}

link_sign() {
	[[ -z $OPT_SIGN_KEY ]] || link_sign_file "$RUN/$MODULE.ko"
}

# link_sign_file FILE
link_sign_file() {
	local tool=$KERNEL/tree/scripts/sign-file hash
	[[ -x $tool ]] ||
		die "$EXIT_MACHINE" no-sign-file "the tools of ${INFO[release]} have no sign-file; sign the module with your own"
	hash=$(config_value MODULE_SIG_HASH "$KERNEL/config")
	in_root "$KBUILD_ROOT" "$tool" "${hash:-sha256}" "$OPT_SIGN_KEY" "$OPT_SIGN_CERT" "$1" \
		>"$RUN/tool.out" 2>&1 || {
		log_file "$RUN/tool.out"
		die "$EXIT_MACHINE" sign-failed "the module cannot be signed with $OPT_SIGN_KEY and $OPT_SIGN_CERT: $(tail -n 1 "$RUN/tool.out")"
	}
}

# The patch's module comes last, so that none is left by a run that fails.
link_deliver() {
	RESULT="" RESULT_CORE=""
	if [[ $OPT_BACKEND == core ]]; then
		cp "$PARTS/core/kpatch.ko" "$RUN/kpatch.ko"
		[[ -z $OPT_SIGN_KEY ]] || link_sign_file "$RUN/kpatch.ko"
		link_deliver_file "$RUN/kpatch.ko" "$OPT_OUTPUT/kpatch.ko"
		RESULT_CORE=$OPT_OUTPUT/kpatch.ko
	fi
	link_deliver_file "$RUN/$MODULE.ko" "$OPT_OUTPUT/$MODULE.ko"
	RESULT=$OPT_OUTPUT/$MODULE.ko
}

# link_deliver_file FILE RESULT: under another name first: the output directory never holds half a
# module.
link_deliver_file() {
	local part=$OPT_OUTPUT/.$MODULE.ko.$RUN_NAME
	if ! { cp "$1" "$part" && mv -T "$part" "$2"; } 2>>"$LOG"; then
		rm -f "$part"
		! is_full "$LOG" || die "$EXIT_SPACE" no-space "no space left for the module in $OPT_OUTPUT"
		die "$EXIT_MACHINE" output-not-writable "cannot write $2; give a directory of yours with -o"
	fi
}
