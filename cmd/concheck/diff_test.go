package main

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestUnifiedDiff(t *testing.T) {
	for _, test := range []struct{ name, old, new, want string }{
		{"change", "a\nb\nc\n", "a\nB\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"},
		{"first lines", "", "a\n", "@@ -0,0 +1 @@\n+a\n"},
		{"drop all", "a\n", "", "@@ -1 +0,0 @@\n-a\n"},
		{"no newline at the end", "a", "b", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"},
		{"two hunks", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1x\n2\n3\n4\n5\n6\n7\n8\n9x\n",
			"@@ -1,4 +1,4 @@\n-1\n+1x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+9x\n"},
		{"near changes share a hunk", "1\n2\n3\n4\n5\n6\n7\n8\n", "1x\n2\n3\n4\n5\n6\n7\n8x\n",
			"@@ -1,8 +1,8 @@\n-1\n+1x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+8x\n"},
	} {
		want := "--- f (old)\n+++ f (new)\n" + test.want
		if got := unifiedDiff("f", []byte(test.old), []byte(test.new)); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, want)
		}
	}
}

// A script must turn the old text into the new one, and be no longer than
// what a table of longest common subsequences says.
func TestDiffLinesIsShortest(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		a, b := randomLines(rnd), randomLines(rnd)
		var gotA, gotB []string
		changes := 0
		for _, op := range diffLines(a, b) {
			if op.kind != '+' {
				gotA = append(gotA, op.text)
			}
			if op.kind != '-' {
				gotB = append(gotB, op.text)
			}
			if op.kind != ' ' {
				changes++
			}
		}
		if strings.Join(gotA, "") != strings.Join(a, "") || strings.Join(gotB, "") != strings.Join(b, "") {
			t.Fatalf("the script for %q and %q leads from %q to %q", a, b, gotA, gotB)
		}
		if want := len(a) + len(b) - 2*common(a, b); changes != want {
			t.Fatalf("%d changes from %q to %q, want %d", changes, a, b, want)
		}
	}
}

func randomLines(rnd *rand.Rand) []string {
	lines := make([]string, rnd.IntN(12))
	for i := range lines {
		lines[i] = string(rune('a' + rnd.IntN(3)))
	}
	return lines
}

// common returns the length of a longest common subsequence.
func common(a, b []string) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}
