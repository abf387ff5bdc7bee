package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestInsertEdit(t *testing.T) {
	have := []edit{{"f", 10, 20, "x"}, {"f", 30, 30, "y"}}
	for _, test := range []struct {
		name string
		edit edit
		ok   bool
		n    int
	}{
		{"the same edit", edit{"f", 10, 20, "x"}, true, 2},
		{"the same range, another text", edit{"f", 10, 20, "z"}, false, 2},
		{"before", edit{"f", 1, 2, "z"}, true, 3},
		{"up to the start", edit{"f", 5, 10, "z"}, true, 3},
		{"from the end", edit{"f", 20, 25, "z"}, true, 3},
		{"across the start", edit{"f", 5, 11, "z"}, false, 2},
		{"across the end", edit{"f", 19, 25, "z"}, false, 2},
		{"inside", edit{"f", 12, 13, "z"}, false, 2},
		{"around", edit{"f", 5, 25, "z"}, false, 2},
		{"an insertion inside", edit{"f", 12, 12, "z"}, false, 2},
		{"an insertion at the start", edit{"f", 10, 10, "z"}, true, 3},
		{"an insertion where one is", edit{"f", 30, 30, "z"}, false, 2},
	} {
		got, ok := insertEdit(append([]edit(nil), have...), test.edit)
		if ok != test.ok || len(got) != test.n {
			t.Errorf("%s: got %v, %v; want %d edits, %v", test.name, got, ok, test.n, test.ok)
		}
	}
}

// A fix of several files is written whole or not at all.
func TestReplaceFilesAllOrNothing(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, test := range []struct {
		name string
		ctx  context.Context
		old  string // what the second file is believed to hold
		want string // in the first file afterwards
		err  string
	}{
		{"both", context.Background(), "two", "ONE", ""},
		{"interrupted", cancelled, "two", "one", "interrupted"},
		{"changed meanwhile", context.Background(), "2", "one", "changed meanwhile"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			first, second := filepath.Join(dir, "1.go"), filepath.Join(dir, "2.go")
			write(t, first, "one")
			write(t, second, "two")
			err := replaceFiles(test.ctx,
				map[string][]byte{first: []byte("ONE"), second: []byte("TWO")},
				map[string]*source{
					first:  {data: []byte("one"), mode: 0o600},
					second: {data: []byte(test.old), mode: 0o600},
				})
			if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) {
				t.Errorf("got error %v, want %q", err, test.err)
			}
			if got, _ := os.ReadFile(first); string(got) != test.want {
				t.Errorf("the first file holds %q, want %q", got, test.want)
			}
			if list, _ := os.ReadDir(dir); len(list) != 2 {
				t.Errorf("%d files left, want 2", len(list))
			}
		})
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
