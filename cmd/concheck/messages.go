package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// messages collects what the go command prints on standard error and makes
// problems of it: one line each, without headings, prefixes and stack traces.
type messages struct {
	dir      string // the go command's
	tool     string // the vet tool's name, which starts its complaints
	patterns []string
	text     bytes.Buffer
}

func newMessages(dir, self string, patterns []string) *messages {
	return &messages{dir: dir, tool: filepath.Base(self), patterns: patterns}
}

func (m *messages) Write(p []byte) (int, error) { return m.text.Write(p) }

var (
	placed = regexp.MustCompile(`^(\S[^:]*\.\w+:\d+(?::\d+)?): (.*)$`)
	crash  = regexp.MustCompile(`^(panic: |fatal error: |runtime: |SIG[A-Z]+: )`)
	// Not about the code: what the go command does meanwhile.
	chatter = regexp.MustCompile(`^go: (downloading|finding|extracting|warning:) |^exit status |^warning: |^go: errors parsing .*:$`)
)

// problems returns what was collected. If the go command succeeded, what it
// printed were remarks, and there is no problem.
func (m *messages) problems(failed bool) []problem {
	if !failed {
		return nil
	}
	var list []problem
	crashed := false
	about := "" // the package of the last heading
	for line := range strings.Lines(m.text.String()) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case strings.HasPrefix(line, "# "):
			crashed = false
			about = strings.Trim(line[2:], "[]")
			continue
		case crashed || line == "" || chatter.MatchString(line):
			continue
		case crash.MatchString(line):
			crashed = true
			line = "internal error: " + line
		case line[0] == '\t' && len(list) > 0:
			list[len(list)-1].message += " " + strings.TrimSpace(line)
			continue
		}
		p := m.problem(line)
		if p.pos.file == "" && about != "" {
			p.message = about + ": " + p.message
		}
		list = append(list, p)
	}
	return tooOld(uniqueProblems(list))
}

// newer is what go/types says of a package that wants a newer Go than the one with
// which the program was built that reads it.
var newer = regexp.MustCompile(`package requires newer Go version (go\S+) \(application built with (go\S+)\)`)

// tooOld returns the problem that this program was built with a Go too old for the
// packages, if so, in place of all: each package that imports one of them has a
// problem, too, those of the standard library among them.
func tooOld(list []problem) []problem {
	for _, p := range list {
		if m := newer.FindStringSubmatch(p.message); m != nil {
			return []problem{{message: fmt.Sprintf("the packages require %s, concheck was built with %s: install it again with %[1]s or a newer Go", m[1], m[2])}}
		}
	}
	return list
}

// remarks returns what the go command warned of although it succeeded, such as
// a pattern that matches no packages beside one that does.
func (m *messages) remarks() []string {
	var list []string
	for line := range strings.Lines(m.text.String()) {
		if text, ok := strings.CutPrefix(line, "go: warning: "); ok {
			list = append(list, strings.TrimSpace(text))
		}
	}
	return list
}

func (m *messages) problem(line string) problem {
	for _, prefix := range []string{m.tool + ": ", "vet: ", "concheck: ", "go: "} {
		line = strings.TrimPrefix(line, prefix)
	}
	if line == "no packages to vet" {
		line = "no packages match " + strings.Join(m.patterns, " ")
	}
	match := placed.FindStringSubmatch(line)
	if match == nil {
		return problem{message: line}
	}
	pos := parsePosition(match[1])
	if !filepath.IsAbs(pos.file) {
		pos.file = filepath.Join(m.dir, pos.file)
	}
	return problem{pos: pos, message: match[2]}
}

// uniqueProblems drops what is said twice: the compiler and the vet tool often
// stumble over the same error.
func uniqueProblems(list []problem) []problem {
	seen := make(map[problem]bool)
	return slices.DeleteFunc(list, func(p problem) bool {
		dup := seen[p]
		seen[p] = true
		return dup
	})
}
