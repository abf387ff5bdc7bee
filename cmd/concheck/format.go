package main

import (
	"io"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// outputFormat writes a report. A format lives in one file and has one line below.
type outputFormat struct {
	name  string // also its flag
	usage string
	write func(io.Writer, *report) error
}

// formats are those that a flag chooses; text is what they replace.
var formats = []outputFormat{githubFormat, jsonFormat, sarifFormat}

// report is what a format writes.
type report struct {
	inspection bool // it tells of the analysis, and holds no findings
	checks     []*analysis.Analyzer
	dir        string // paths are shown relative to it
	context    int    // lines of source around a finding, -1 for none
	findings   []finding
	problems   []problem
	remarks    []string // of the go command
	listing    listing
}

func (r *report) exitCode() int {
	switch {
	case len(r.problems) > 0:
		return exitFailed
	case len(r.findings) > 0 && !r.inspection:
		return exitFindings
	}
	return exitClean
}

// relative returns p with its path relative to the report's directory,
// if that is shorter.
func (r *report) relative(p position) position {
	p.file = r.relativePath(p.file)
	return p
}

func (r *report) relativePath(file string) string {
	if rel, err := filepath.Rel(r.dir, file); err == nil && len(rel) < len(file) {
		return rel
	}
	return file
}

// slashPath returns the path of a file for formats that are read elsewhere:
// relative to the report's directory if the file is below it.
func (r *report) slashPath(file string) (path string, below bool) {
	rel, err := filepath.Rel(r.dir, file)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return filepath.ToSlash(file), false
	}
	return filepath.ToSlash(rel), true
}
