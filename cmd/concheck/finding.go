package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// position is a place in a source file. Columns count bytes, from 1.
type position struct {
	file      string // absolute, as the go command names it
	line, col int
}

func (p position) String() string {
	if p.col == 0 {
		return fmt.Sprintf("%s:%d", p.file, p.line)
	}
	return fmt.Sprintf("%s:%d:%d", p.file, p.line, p.col)
}

func (p position) compare(q position) int {
	return cmp.Or(strings.Compare(p.file, q.file), p.line-q.line, p.col-q.col)
}

// finding is one diagnostic of one check.
type finding struct {
	unit     string // the package, or test variant, it was found in
	check    string
	category string // stable code such as "goroutineleak/send"; may be ""
	url      string
	message  string
	pos, end position
	related  []step
	fixes    []fix
}

// step is a related place, in the order in which the check gave them.
type step struct {
	pos, end position
	message  string
}

// fix is an edit of one or more files, applied as a whole or not at all.
type fix struct {
	message string
	edits   []edit
}

// edit replaces the bytes [start, end) of a file.
type edit struct {
	file       string
	start, end int
	text       string
}

// problem says why something could not be analysed.
type problem struct {
	unit    string   // "" if the go command says it, not the vet tool
	pos     position // zero if it has no place
	message string
}

// The vet tool's output: a tree of unit, check and result, where a result is
// either a list of diagnostics or an error.
type (
	jsonTree  map[string]map[string]json.RawMessage
	jsonError struct {
		Err string `json:"error"`
	}
	jsonDiagnostic struct {
		Category string        `json:"category,omitempty"`
		URL      string        `json:"url,omitempty"`
		Posn     string        `json:"posn"`
		End      string        `json:"end"`
		Message  string        `json:"message"`
		Fixes    []jsonFix     `json:"suggested_fixes,omitempty"`
		Related  []jsonRelated `json:"related,omitempty"`
	}
	jsonFix struct {
		Message string     `json:"message"`
		Edits   []jsonEdit `json:"edits"`
	}
	jsonEdit struct {
		Filename string `json:"filename"`
		Start    int    `json:"start"`
		End      int    `json:"end"`
		New      string `json:"new"`
	}
	jsonRelated struct {
		Posn    string `json:"posn"`
		End     string `json:"end"`
		Message string `json:"message"`
	}
)

// decodeTree turns one tree into findings and problems.
func decodeTree(tree jsonTree, urls map[string]string) (found []finding, failed []problem, err error) {
	for unit, results := range tree {
		for check, raw := range results {
			if check == withTests.Name {
				continue
			}
			if len(raw) > 0 && raw[0] == '{' {
				var e jsonError
				if err := json.Unmarshal(raw, &e); err != nil {
					return nil, nil, err
				}
				failed = append(failed, problem{unit: unit, message: e.Err})
				continue
			}
			var list []jsonDiagnostic
			if err := json.Unmarshal(raw, &list); err != nil {
				return nil, nil, err
			}
			for _, d := range list {
				found = append(found, d.finding(unit, check, urls[check]))
			}
		}
	}
	return found, failed, nil
}

func (d jsonDiagnostic) finding(unit, check, url string) finding {
	f := finding{
		unit: unit, check: check, category: d.Category, url: cmp.Or(d.URL, url), message: d.Message,
		pos: parsePosition(d.Posn), end: parsePosition(d.End),
	}
	for _, r := range d.Related {
		f.related = append(f.related, step{parsePosition(r.Posn), parsePosition(r.End), r.Message})
	}
	for _, x := range d.Fixes {
		y := fix{message: x.Message}
		for _, e := range x.Edits {
			y.edits = append(y.edits, edit{e.Filename, e.Start, e.End, e.New})
		}
		f.fixes = append(f.fixes, y)
	}
	return f
}

// parsePosition reads file:line:col; a position that has no place, which is
// written "-", keeps its text as the file.
func parsePosition(s string) position {
	file, col, ok := cutLast(s)
	if !ok {
		return position{file: s}
	}
	name, line, ok := cutLast(file)
	if !ok {
		return position{file: file, line: col}
	}
	return position{name, line, col}
}

// cutLast cuts a number off after the last colon.
func cutLast(s string) (string, int, bool) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 {
		return s, 0, false
	}
	n, err := strconv.Atoi(s[i+1:])
	return s[:i], n, err == nil
}

// sortFindings orders findings by place and drops those that several variants
// of a package have in common.
func sortFindings(list []finding) []finding {
	slices.SortStableFunc(list, func(a, b finding) int {
		return cmp.Or(a.pos.compare(b.pos), strings.Compare(a.check, b.check),
			strings.Compare(a.category, b.category), strings.Compare(a.message, b.message),
			strings.Compare(a.unit, b.unit))
	})
	return slices.CompactFunc(list, func(a, b finding) bool {
		return a.pos == b.pos && a.check == b.check && a.category == b.category && a.message == b.message
	})
}

// encodeTree is the inverse of decodeTree.
func encodeTree(list []finding) (jsonTree, error) {
	byUnit := make(map[string]map[string][]jsonDiagnostic)
	for _, f := range list {
		d := jsonDiagnostic{
			Category: f.category, URL: f.url, Message: f.message,
			Posn: f.pos.String(), End: f.end.String(),
		}
		for _, r := range f.related {
			d.Related = append(d.Related, jsonRelated{r.pos.String(), r.end.String(), r.message})
		}
		for _, x := range f.fixes {
			y := jsonFix{Message: x.message}
			for _, e := range x.edits {
				y.Edits = append(y.Edits, jsonEdit{e.file, e.start, e.end, e.text})
			}
			d.Fixes = append(d.Fixes, y)
		}
		if byUnit[f.unit] == nil {
			byUnit[f.unit] = make(map[string][]jsonDiagnostic)
		}
		byUnit[f.unit][f.check] = append(byUnit[f.unit][f.check], d)
	}
	tree := make(jsonTree)
	for _, unit := range slices.Sorted(maps.Keys(byUnit)) {
		tree[unit] = make(map[string]json.RawMessage)
		for check, diagnostics := range byUnit[unit] {
			raw, err := json.Marshal(diagnostics)
			if err != nil {
				return nil, err
			}
			tree[unit][check] = raw
		}
	}
	return tree, nil
}

// pages maps each check to its address.
func pages(checks []*analysis.Analyzer) map[string]string {
	urls := make(map[string]string)
	for _, a := range checks {
		urls[a.Name] = a.URL
	}
	return urls
}
