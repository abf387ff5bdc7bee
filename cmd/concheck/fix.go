package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// This file applies suggested fixes. A fix is applied as a whole or not at
// all; one whose edits collide with those of a fix before it waits for the
// next run. Nothing is written before every new file is complete on disk
// beside the old one, and then the files are replaced by renaming.

// fixer collects the edits that go together.
type fixer struct {
	edits   map[string][]edit // by file, sorted, without overlaps
	files   map[string]*source
	applied int
	skipped []string // why fixes were left out, a line each
}

// source is a file to be changed.
type source struct {
	data      []byte
	mode      os.FileMode
	formatted bool // by gofmt
	refused   string
}

// applyFixes applies the first fix of each finding, or prints what that would
// change. The findings it takes care of leave the report.
func (r *report) applyFixes(ctx context.Context, diff bool) error {
	fx := &fixer{edits: make(map[string][]edit), files: make(map[string]*source)}
	var left []finding
	for _, f := range r.findings {
		if len(f.fixes) == 0 || !r.mayChange(f) || !fx.add(f.fixes[0]) {
			left = append(left, f)
		}
	}
	contents, err := fx.contents()
	if err != nil {
		return err
	}
	for _, reason := range fx.skipped {
		fmt.Fprintf(os.Stderr, "concheck: %s\n", reason)
	}
	if diff {
		for _, file := range sortedKeys(contents) {
			name := r.relativePath(file)
			os.Stdout.WriteString(unifiedDiff(name, fx.files[file].data, contents[file]))
		}
	} else if err := replaceFiles(ctx, contents, fx.files); err != nil {
		return err
	}
	r.findings = left
	return nil
}

// mayChange reports whether a finding is in code that is the user's own.
func (r *report) mayChange(f finding) bool {
	path, _, _ := strings.Cut(f.unit, " [")
	for _, p := range []string{path, strings.TrimSuffix(path, "_test")} {
		if l, ok := r.listing[p]; ok {
			return l.module == mainModules
		}
	}
	return false
}

// add takes a fix in, unless it collides with another or a file is not to be
// changed.
func (fx *fixer) add(x fix) bool {
	merged := make(map[string][]edit)
	for _, e := range x.edits {
		src, err := fx.open(e.file)
		if err == nil && src.refused != "" {
			err = fmt.Errorf("%s", src.refused)
		}
		if err == nil && (e.start < 0 || e.end < e.start || e.end > len(src.data)) {
			err = fmt.Errorf("%s changed meanwhile", e.file)
		}
		if err != nil {
			fx.skip(fmt.Sprintf("fix not applied: %v", err))
			return false
		}
		edits, ok := merged[e.file]
		if !ok {
			edits = slices.Clone(fx.edits[e.file])
		}
		if edits, ok = insertEdit(edits, e); !ok {
			fx.skip(fmt.Sprintf("fix not applied: overlaps another in %s; run concheck -fix again", filepath.Base(e.file)))
			return false
		}
		merged[e.file] = edits
	}
	for file, edits := range merged {
		fx.edits[file] = edits
	}
	fx.applied++
	return true
}

func (fx *fixer) skip(reason string) {
	if !slices.Contains(fx.skipped, reason) {
		fx.skipped = append(fx.skipped, reason)
	}
}

// insertEdit adds e to sorted edits. An equal edit is the same edit; two
// insertions at one place, or overlapping ranges, collide.
func insertEdit(edits []edit, e edit) ([]edit, bool) {
	for _, o := range edits {
		switch {
		case o == e:
			return edits, true
		case e.end < o.start || o.end < e.start:
		case e.start == o.start && (e.end == e.start) == (o.end == o.start):
			return edits, false
		case e.end > o.start && o.end > e.start:
			return edits, false
		}
	}
	edits = append(edits, e)
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	return edits, true
}

// open reads a file that is to be changed, once.
func (fx *fixer) open(file string) (*source, error) {
	if src, ok := fx.files[file]; ok {
		return src, nil
	}
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	src := &source{data: data, mode: info.Mode().Perm()}
	if tidy, err := format.Source(data); err == nil {
		src.formatted = bytes.Equal(tidy, data)
	}
	if f, err := parser.ParseFile(token.NewFileSet(), file, data, parser.PackageClauseOnly|parser.ParseComments); err == nil && ast.IsGenerated(f) {
		src.refused = filepath.Base(file) + " is generated"
	}
	fx.files[file] = src
	return src, nil
}

// contents returns the new text of each changed file. A file that gofmt had
// nothing to say about stays that way; one that would not parse any more is
// an error, for it means that a check is wrong.
func (fx *fixer) contents() (map[string][]byte, error) {
	out := make(map[string][]byte)
	for file, edits := range fx.edits {
		src := fx.files[file]
		var text []byte
		at := 0
		for _, e := range edits {
			text = append(text, src.data[at:e.start]...)
			text = append(text, e.text...)
			at = e.end
		}
		text = append(text, src.data[at:]...)
		tidy, err := format.Source(text)
		if err != nil {
			return nil, fmt.Errorf("the fixes for %s do not fit together, nothing was changed: %v", file, err)
		}
		if src.formatted {
			text = tidy
		}
		if !bytes.Equal(text, src.data) {
			out[file] = text
		}
	}
	return out, nil
}
