# SPDX-License-Identifier: GPL-2.0-only
#
# The lines of core-guest/guest.sh as tables. What else the host does makes figures greater, never
# smaller: the least of all runs is what is compared. The empty stop and the unwinding do not know
# of functions, so they are those of all rows with as many tasks.
function put(list, value) { values[list, ++count[list]] = value + 0 }

function sorted(list,    i, j, value) {
	for (i = 2; i <= count[list]; i++) {
		value = values[list, i]
		for (j = i - 1; j && values[list, j] > value; j--)
			values[list, j + 1] = values[list, j]
		values[list, j + 1] = value
	}
}

function median(list,    half) {
	sorted(list)
	half = int((count[list] + 1) / 2)
	return count[list] % 2 ? values[list, half] : (values[list, half] + values[list, half + 1]) / 2
}

function least(list) { sorted(list); return values[list, 1] }
function most(list) { sorted(list); return values[list, count[list]] }

$1 == "pause" {
	row = $2 " " $3
	if (!count[row " pause"])
		rows[++nr_rows] = row
	put(row " pause", $5)
	put(row " stop", $6 / 1000)
	put($2 " empty", $7 / 1000)
	put($2 " unwinding", $8 / 1000)
	put($2 " addresses", $10 / $9)
	put($2 " tasks", $11)
	put(row " ratio", $6 / ($7 + $8))
}

$1 == "call" {
	if (!count["call " $2])
		calls[++nr_calls] = $2
	put("call " $2, $3 / 10000)
}

function pause_rows(    i, row, part, ratio, worst) {
	print "microseconds, the least of each; of the pause the median and the most as well"
	printf "%8s %9s %7s %8s %8s %8s %8s %8s %9s %7s %6s %7s\n", "sleeping", "functions", "tasks",
		"pause", "median", "most", "stop", "empty", "unwinding", "frames", "ratio", "paired"
	for (i = 1; i <= nr_rows; i++) {
		row = rows[i]
		split(row, part, " ")
		ratio = least(row " stop") / (least(part[1] " empty") + least(part[1] " unwinding"))
		printf "%8d %9d %7d %8d %8d %8d %8d %8d %9d %7.1f %6.2f %7.2f\n", part[1], part[2],
			median(part[1] " tasks"), least(row " pause"), median(row " pause"),
			most(row " pause"), least(row " stop"), least(part[1] " empty"),
			least(part[1] " unwinding"), median(part[1] " addresses"), ratio,
			median(row " ratio")
		if (ratio > worst)
			worst = ratio
	}
	print "pause: as the core module tells it; stop: its stop_machine(), as the thread sees it that"
	print "calls it; empty: the same with an empty function; frames: of a task, on average"
	printf "ratio: stop / (empty + unwinding); goal 1.50 at most, the greatest is %.2f\n", worst
	print "paired: the median of the same for a stop and what was measured right after it\n"
}

# us that a task more takes, between two rows.
function slope(a, b, from, to) {
	return (least(b) - least(a)) / (median(to " tasks") - median(from " tasks"))
}

function task_costs(    i, j, a, b) {
	print "us of pause for a task more, and of the unwinding alone:"
	for (i = 1; i <= nr_rows; i++) {
		split(rows[i], a, " ")
		for (j = i + 1; j <= nr_rows; j++) {
			split(rows[j], b, " ")
			if (a[2] != b[2])
				continue
			printf "%6d functions, %4d to %4d tasks: %7.2f %7.2f\n", a[2], a[1], b[1],
				slope(rows[i] " pause", rows[j] " pause", a[1], b[1]),
				slope(a[1] " unwinding", b[1] " unwinding", a[1], b[1])
			break
		}
	}
	print ""
}

function function_costs(    i, a, b) {
	print "us of pause for a function more:"
	for (i = 1; i < nr_rows; i++) {
		split(rows[i], a, " ")
		split(rows[i + 1], b, " ")
		if (a[1] == b[1])
			printf "%6d tasks, %4d to %4d functions: %7.3f\n", a[1], a[2], b[2],
				(least(rows[i + 1] " pause") - least(rows[i] " pause")) / (b[2] - a[2])
	}
	print ""
}

function call_rows(    i, name) {
	print "a call of a function that does next to nothing, in a loop: ns, ratio to the unpatched one"
	for (i = 1; i <= nr_calls; i++) {
		name = "call " calls[i]
		printf "%-22s %8.1f %6.1f\n", calls[i], least(name), least(name) / least("call unpatched")
	}
}

END {
	pause_rows()
	task_costs()
	function_costs()
	call_rows()
}
