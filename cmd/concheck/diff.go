package main

import (
	"fmt"
	"slices"
	"strings"
)

// unifiedDiff returns the difference of two texts in the unified format, with
// three lines of context. It computes a shortest edit script by the greedy
// algorithm of Myers, "An O(ND) Difference Algorithm and Its Variations"
// (1986), over whole lines; memory grows with the square of the number of
// changed lines, which for fixes are few.
func unifiedDiff(name string, old, new []byte) string {
	ops := diffLines(splitLines(old), splitLines(new))
	var b strings.Builder
	fmt.Fprintf(&b, "--- %s (old)\n+++ %s (new)\n", name, name)
	const context = 3
	for i := 0; i < len(ops); {
		if ops[i].kind == ' ' {
			i++
			continue
		}
		start := max(0, i-context)
		end := i + 1 // behind the last change of the hunk
		for j := i + 1; j < len(ops) && j-end <= 2*context; j++ {
			if ops[j].kind != ' ' {
				end = j + 1
			}
		}
		i = end
		writeHunk(&b, ops, start, min(len(ops), end+context))
	}
	return b.String()
}

// diffOp keeps (' '), drops ('-') or adds ('+') a line.
type diffOp struct {
	kind byte
	text string
}

func writeHunk(b *strings.Builder, ops []diffOp, start, end int) {
	count := func(ops []diffOp) (olds, news int) {
		for _, op := range ops {
			if op.kind != '+' {
				olds++
			}
			if op.kind != '-' {
				news++
			}
		}
		return olds, news
	}
	oldsBefore, newsBefore := count(ops[:start])
	olds, news := count(ops[start:end])
	fmt.Fprintf(b, "@@ -%s +%s @@\n", hunkRange(oldsBefore+1, olds), hunkRange(newsBefore+1, news))
	for _, op := range ops[start:end] {
		b.WriteByte(op.kind)
		b.WriteString(op.text)
		if !strings.HasSuffix(op.text, "\n") {
			b.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

// hunkRange writes a range of lines; an empty one names the line before it.
func hunkRange(line, n int) string {
	switch n {
	case 0:
		return fmt.Sprintf("%d,0", line-1)
	case 1:
		return fmt.Sprint(line)
	}
	return fmt.Sprintf("%d,%d", line, n)
}

// diffLines returns a shortest script that turns a into b.
func diffLines(a, b []string) []diffOp {
	prefix := 0
	for prefix < len(a) && prefix < len(b) && a[prefix] == b[prefix] {
		prefix++
	}
	ops := make([]diffOp, 0, len(b))
	for _, line := range a[:prefix] {
		ops = append(ops, diffOp{' ', line})
	}
	return append(ops, shortestScript(a[prefix:], b[prefix:])...)
}

// shortestScript walks the edit graph by the number of changes d; ends[k+n] is
// how far in a the diagonal k gets with the changes so far. What each round
// found is kept to walk back.
func shortestScript(a, b []string) []diffOp {
	n := len(a) + len(b)
	ends := make([]int, 2*n+3)
	n++ // diagonals -n..n
	var rounds [][]int
	for d := 0; ; d++ {
		rounds = append(rounds, slices.Clone(ends[n-d-1:n+d+2]))
		for k := -d; k <= d; k += 2 {
			x := ends[n+k-1] + 1
			if goesDown(ends[n+k-1], ends[n+k+1], k, d) {
				x = ends[n+k+1]
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			ends[n+k] = x
			if x >= len(a) && x-k >= len(b) {
				return walkBack(a, b, rounds)
			}
		}
	}
}

// goesDown reports whether round d reaches the furthest point on diagonal k by
// adding a line, from the diagonal above, or by dropping one.
func goesDown(below, above, k, d int) bool {
	return k == -d || k != d && below < above
}

func walkBack(a, b []string, rounds [][]int) []diffOp {
	var ops []diffOp
	x, y := len(a), len(b)
	for d := len(rounds) - 1; d > 0; d-- {
		ends := rounds[d] // of round d-1, from diagonal -d-1 on
		k := x - y
		from := k - 1
		if goesDown(ends[k+d], ends[k+d+2], k, d) {
			from = k + 1
		}
		startX := ends[from+d+1]
		startY := startX - from
		for x > startX && y > startY {
			x, y = x-1, y-1
			ops = append(ops, diffOp{' ', a[x]})
		}
		if x > startX {
			x--
			ops = append(ops, diffOp{'-', a[x]})
		} else {
			y--
			ops = append(ops, diffOp{'+', b[y]})
		}
	}
	for ; x > 0; x-- {
		ops = append(ops, diffOp{' ', a[x-1]})
	}
	slices.Reverse(ops)
	return ops
}

// splitLines cuts a text behind each newline.
func splitLines(text []byte) []string {
	return slices.Collect(strings.Lines(string(text)))
}
