// Package suppress reads the comments that ask for silence about a line.
//
//	//nolint:concheck // reason                       every check
//	//nolint:NAME // reason                           the check NAME
//	//nolint   //nolint:all                           every check of every linter
//	//lint:ignore concheck/NAME reason                the check NAME
//
// Such a comment speaks of the line it ends, or, where it stands on lines of
// its own, of the first line after its comment group. Names may be several,
// between commas. Names of other linters are kept and mean nothing here, but for
// govet, where a check is one of go vet as well: what is not to be said there is
// not to be said twice.
package suppress

import (
	"go/ast"
	"go/token"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/internal/host"
)

// Tool is the name that stands for every check.
const Tool = "concheck"

// All stands for every check of every linter.
const All = "all"

// vet is the name under which golangci-lint runs go vet, vetted are the checks that
// are in both.
const vet = "govet"

var vetted = map[string]bool{"copylock": true, "lostcancel": true, "waitgroup": true}

// Analyzer finds the directives of a package, once for all checks.
var Analyzer = &analysis.Analyzer{
	Name:             "concheckdirectives",
	Doc:              "find the comments that suppress findings",
	Run:              func(p *analysis.Pass) (any, error) { return find(p.Fset, p.Files), nil },
	ResultType:       reflect.TypeFor[*Directives](),
	RunDespiteErrors: true,
}

// A Directive is one comment.
type Directive struct {
	Pos, End token.Pos
	Names    []string // as written, lower case; of //lint:ignore those below concheck/
	Lint     bool     // written as //lint:ignore
	Reason   string
	Line     int // the line it speaks of
}

// Directives holds the directives of one package in the order of its files.
type Directives struct {
	List  []*Directive
	lines map[place][]*Directive
}

type place struct {
	file string
	line int
}

// At returns the directives that speak of the line of a position and name the
// check or the tool. It costs a map look-up, and nothing in a package without directives.
func (ds *Directives) At(fset *token.FileSet, pos token.Pos, check string) []Use {
	if len(ds.lines) == 0 || !pos.IsValid() {
		return nil
	}
	p := fset.Position(pos)
	var uses []Use
	for _, d := range ds.lines[place{p.Filename, p.Line}] {
		for _, name := range d.Names {
			if name == check || name == vet && vetted[check] || (name == Tool || name == All) && !d.LeftToHost(name) {
				uses = append(uses, Use{d, name})
			}
		}
	}
	return uses
}

// A Use says that a name in a directive suppressed something.
type Use struct {
	Directive *Directive
	Name      string
}

// LeftToHost reports whether the host obeys this name of the directive itself.
func (d *Directive) LeftToHost(name string) bool {
	return !d.Lint && (name == Tool || name == All) && host.GolangciLint.Load()
}

// find collects the directives of files.
func find(fset *token.FileSet, files []*ast.File) *Directives {
	ds := &Directives{lines: make(map[place][]*Directive)}
	for _, f := range files {
		var code map[int]token.Pos // first position of code on each line; made when needed
		for _, g := range f.Comments {
			for _, c := range g.List {
				d := Parse(c.Text)
				if d == nil {
					continue
				}
				if code == nil {
					code = codeLines(fset, f)
				}
				d.Pos, d.End = c.Pos(), c.End()
				at := fset.Position(c.Pos())
				d.Line = at.Line
				if first, ok := code[at.Line]; !ok || first > c.Pos() {
					d.Line = fset.Position(g.End()).Line + 1
				}
				ds.List = append(ds.List, d)
				k := place{at.Filename, d.Line}
				ds.lines[k] = append(ds.lines[k], d)
			}
		}
	}
	return ds
}

// codeLines tells on which lines something other than a comment begins or
// ends, and where first. A pass may not read the file again, so it is taken
// from the syntax.
func codeLines(fset *token.FileSet, f *ast.File) map[int]token.Pos {
	lines := make(map[int]token.Pos)
	add := func(p token.Pos) {
		if !p.IsValid() {
			return
		}
		line := fset.Position(p).Line
		if old, ok := lines[line]; !ok || p < old {
			lines[line] = p
		}
	}
	add(f.Package)
	ast.Inspect(f, func(n ast.Node) bool {
		switch n.(type) {
		case nil:
			return true
		case *ast.File:
			return true
		case *ast.Comment, *ast.CommentGroup:
			return false
		}
		add(n.Pos())
		if end := n.End(); end > n.Pos() {
			add(end - 1)
		}
		return true
	})
	return lines
}

// Parse returns the directive in the text of a comment, or nil.
func Parse(text string) *Directive {
	body, ok := strings.CutPrefix(text, "//")
	if !ok {
		return nil
	}
	if rest, ok := strings.CutPrefix(body, "lint:ignore "); ok {
		return parseLint(rest)
	}
	rest, ok := strings.CutPrefix(strings.TrimLeft(body, " \t"), "nolint")
	if !ok {
		return nil
	}
	list, reason, _ := strings.Cut(rest, "//")
	d := &Directive{Reason: strings.TrimSpace(reason)}
	list, named := strings.CutPrefix(list, ":")
	if !named {
		if strings.TrimSpace(list) != "" {
			return nil // prose, or another word that begins so
		}
		d.Names = []string{All}
		return d
	}
	for item := range strings.SplitSeq(list, ",") {
		if words := strings.Fields(item); len(words) > 0 {
			d.Names = append(d.Names, strings.ToLower(words[0]))
		}
	}
	if len(d.Names) == 0 {
		return nil
	}
	return d
}

// parseLint reads what follows "//lint:ignore ".
func parseLint(rest string) *Directive {
	d := &Directive{Lint: true}
	list, reason, _ := strings.Cut(strings.TrimSpace(rest), " ")
	for item := range strings.SplitSeq(list, ",") {
		if name, ok := strings.CutPrefix(item, Tool+"/"); ok && name != "" {
			d.Names = append(d.Names, strings.ToLower(name))
		}
	}
	if len(d.Names) == 0 {
		return nil // another tool's
	}
	d.Reason = strings.TrimSpace(reason)
	return d
}
