package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestMainTree asks which packages of a module the patterns name for sure.
func TestMainTree(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":             "module example.com/m\n\ngo 1.24\n",
		"a/b/b.go":           "package b\n",
		"a/testdata/c/c.go":  "package c\n",
		"a/_d/d.go":          "package d\n",
		"a/vendor/e/e.go":    "package e\n",
		"nested/go.mod":      "module example.com/m/nested\n",
		"nested/f/f.go":      "package f\n",
		"ignoring/go.mod":    "module example.com/i\n\ngo 1.25\n\nignore ./x\n",
		"ignoring/x/x.go":    "package x\n",
		"elsewhere/go.go":    "package elsewhere\n",
		"a/internal/deep.go": "package internal\n",
	} {
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	tree := func(dir string, patterns ...string) *mainTree {
		return (&session{dir: filepath.Join(root, dir), opts: &options{packages: patterns}}).mainTree()
	}
	for _, c := range []struct {
		dir, pattern, path string
		want               bool
	}{
		{".", "./...", "example.com/m", true},
		{".", "./...", "example.com/m/a/b", true},
		{".", "./...", "example.com/m/a/internal", true},
		{".", "./...", "example.com/mother/a/b", false},
		{".", "./...", "example.com/m/a/testdata/c", false},
		{".", "./...", "example.com/m/a/_d", false},
		{".", "./...", "example.com/m/a/vendor/e", false},
		{".", "./...", "example.com/m/nested/f", false},
		{".", "./...", "example.com/m/gone", false},
		{".", "./a/...", "example.com/m/a/b", true},
		{".", "./a/...", "example.com/m/elsewhere", false},
		{"a", "./...", "example.com/m/a/b", true},
		{"a", "./...", "example.com/m/elsewhere", false},
		{"a/b", ".", "example.com/m/a/b", false}, // listed at no cost
		{"ignoring", "./...", "example.com/i/x", false},
	} {
		if got := tree(c.dir, c.pattern).names(c.path); got != c.want {
			t.Errorf("in %s, %s names %s: %v, want %v", c.dir, c.pattern, c.path, got, c.want)
		}
	}
}
