package checktest

import (
	"fmt"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"text/scanner"
)

// A Want is a finding that a comment asks for.
type Want struct {
	Line    int
	Check   string // empty: that of the folder
	Pattern *regexp.Regexp

	// Contract says that the finding takes the flag of that name: it is a matter
	// of contract whether what leads to it is allowed.
	Contract bool
}

// alsoRE matches what another check than the folder's says of a line, and what a
// check says though it should not: a report that is known to be false, until it
// is gone. What is known to be missed stands as "missed", which asks for nothing,
// so that the line has to be looked at when it is found.
var alsoRE = regexp.MustCompile("^(?:also|false) ([a-z]+) (\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`)\\s*")

// Wants returns what the comments of a file ask for, in the order of lines.
// Facts that they ask for are left out.
func Wants(t testing.TB, filename string) []Want {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, filename, nil, parser.ParseComments|parser.SkipObjectResolution)
	if f == nil {
		t.Fatal(err)
	}
	var wants []Want
	for _, g := range f.Comments {
		for _, c := range g.List {
			ws, err := wantsIn(c.Text)
			line := fset.Position(c.Pos()).Line
			if err != nil {
				t.Errorf("%s:%d: %v", filename, line, err)
			}
			for _, w := range ws {
				w.Line += line
				wants = append(wants, w)
			}
		}
	}
	return wants
}

// wantsIn reads one comment. Lines count from the comment's own.
func wantsIn(text string) ([]Want, error) {
	var wants []Want
	body := strings.TrimSpace(strings.TrimSuffix(strings.TrimLeft(text, "/*"), "*/"))
	for m := alsoRE.FindStringSubmatch(body); m != nil; m = alsoRE.FindStringSubmatch(body) {
		w, err := newWant(0, m[1], m[2])
		if err != nil {
			return nil, err
		}
		wants = append(wants, w)
		body = body[len(m[0]):]
	}
	if i := strings.Index(text, "// want"); i >= 0 {
		body = text[i+len("// "):]
	}
	contract := false
	if i := strings.Index(text, "// contract \""); i >= 0 {
		body, contract = "want"+text[i+len("// contract"):], true
	}
	rest, ok := strings.CutPrefix(body, "want")
	if !ok {
		return wants, nil
	}
	var s scanner.Scanner
	var bad error
	s.Init(strings.NewReader(rest))
	s.Mode = scanner.ScanIdents | scanner.ScanStrings | scanner.ScanRawStrings | scanner.ScanInts
	s.Error = func(_ *scanner.Scanner, msg string) { bad = fmt.Errorf("%s in %q", msg, text) }
	line, fact := 0, false
	for tok := s.Scan(); tok != scanner.EOF && bad == nil; tok = s.Scan() {
		switch tok {
		case scanner.Int:
			line, bad = strconv.Atoi(s.TokenText())
		case ':':
			fact = true
		case scanner.String, scanner.RawString:
			if !fact {
				w, err := newWant(line, "", s.TokenText())
				if err != nil {
					return nil, err
				}
				w.Contract = contract
				wants = append(wants, w)
			}
			fact = false
		}
	}
	return wants, bad
}

func newWant(line int, check, quoted string) (Want, error) {
	pattern, err := strconv.Unquote(quoted)
	if err != nil {
		return Want{}, fmt.Errorf("%s: %v", quoted, err)
	}
	re, err := regexp.Compile(pattern)
	return Want{Line: line, Check: check, Pattern: re}, err
}
