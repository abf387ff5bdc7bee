// Package census counts what a package does to the channels in the unexported
// fields of its types. Nobody else can name such a field, so that all there is to
// know of its channels stands in the package: that a wait cannot end, because
// nothing sends, receives or closes, or because the channel was never made, needs
// no schedule.
//
// What it computes: must, over the syntax of all files, tests included, one entry
// for each field. A field is left alone as soon as one of its uses is neither an
// operation on the channel nor the assignment of a new one: passed on, kept in a
// variable, compared with another. So are all where some files of the package
// are not in sight (build constraints, cgo), or unsafe is about.
//
// Ignored: fields that are exported, channels behind maps and slices, and what
// no function in use does.
package census

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/testfile"
)

// use is what one place in the source does to a channel.
type use struct {
	kind    finding.Kind // Send, Receive, Range, CloseNil for any close
	pos     token.Pos
	object  string
	clause  *ast.CommClause // the case of a select that it is, nil if it stands alone
	path    []ast.Node      // what it stands in, from the file on
	started token.Pos       // of the go statement of the function literal it stands in
}

// entry is all that the package does to one field.
type entry struct {
	sends, receives, closes []use
	made                    []token.Pos // where channels are made for it
	buffered                bool        // one of them has a buffer
	asked                   bool        // it is compared with nil, or set to it
	lost                    bool        // somebody else may have the channel
}

type counter struct {
	pass    *analysis.Pass
	entries map[*types.Var]*entry
	order   []*types.Var
	used    map[string]bool // names of functions that are used
}

// Find returns the operations of the package that can never proceed, in the order
// of the source.
func Find(pass *analysis.Pass) []*finding.Finding {
	if len(pass.IgnoredFiles) > 0 || slices.ContainsFunc(pass.Files, outOfSight) {
		return nil
	}
	c := &counter{pass: pass, entries: map[*types.Var]*entry{}}
	out := c.tickers()
	c.fields()
	if len(c.order) > 0 {
		for _, f := range pass.Files {
			c.count(f)
		}
	}
	for _, v := range c.order {
		out = append(out, c.judge(c.entries[v])...)
	}
	slices.SortStableFunc(out, func(a, b *finding.Finding) int { return cmp.Compare(a.Pos, b.Pos) })
	return out
}

func outOfSight(f *ast.File) bool { return imports(f, "unsafe") || imports(f, "C") }

func imports(f *ast.File, path string) bool {
	return slices.ContainsFunc(f.Imports, func(i *ast.ImportSpec) bool {
		name, _ := strconv.Unquote(i.Path.Value)
		return name == path
	})
}

// fields makes an entry for each unexported field that holds a channel. A struct
// type without a name that is written twice has two fields for one: such are left out.
func (c *counter) fields() {
	written := map[string][]*ast.StructType{} // by the names of the fields
	unnamed := map[*ast.StructType]bool{}
	var all []*ast.StructType
	for _, f := range c.pass.Files {
		ast.PreorderStack(f, nil, func(n ast.Node, above []ast.Node) bool {
			s, ok := n.(*ast.StructType)
			if !ok {
				return true
			}
			_, named := above[len(above)-1].(*ast.TypeSpec)
			key := namesOf(s)
			all, unnamed[s], written[key] = append(all, s), !named, append(written[key], s)
			return true
		})
	}
	for _, s := range all {
		if like := written[namesOf(s)]; len(like) > 1 && slices.ContainsFunc(like, func(o *ast.StructType) bool { return unnamed[o] }) {
			continue
		}
		for _, field := range s.Fields.List {
			for _, name := range field.Names {
				v, ok := c.pass.TypesInfo.Defs[name].(*types.Var)
				if !ok || v.Exported() || name.Name == "_" {
					continue
				}
				if _, ok := v.Type().Underlying().(*types.Chan); ok {
					c.entries[v] = &entry{}
					c.order = append(c.order, v)
				}
			}
		}
	}
}

func namesOf(s *ast.StructType) string {
	var names []string
	for _, field := range s.Fields.List {
		for _, name := range field.Names {
			names = append(names, name.Name)
		}
	}
	return strings.Join(names, " ")
}

// judge tells which uses of a field can never proceed.
func (c *counter) judge(e *entry) []*finding.Finding {
	var out []*finding.Finding
	report := func(u use, kind finding.Kind) {
		if c.isTest(u.pos) || c.dead(u) {
			return
		}
		f := &finding.Finding{Place: finding.Place{
			Kind: kind, Object: u.object, Func: c.function(u), Pos: u.pos, Started: u.started, Nil: len(e.made) == 0,
		}}
		if len(e.made) > 0 {
			f.Made = e.made[0]
			f.Context = append(f.Context, finding.Step{Pos: f.Made, Text: "what it waits for is made here"})
		}
		out = append(out, f)
	}
	switch {
	case e.lost:
	case len(e.made) == 0:
		if e.asked {
			break
		}
		for _, u := range slices.Concat(e.sends, e.receives, e.closes) {
			if u.clause == nil {
				report(u, u.kind)
			}
		}
	case len(e.sends)+len(e.closes) == 0:
		for _, u := range e.receives {
			if u.clause == nil {
				report(u, u.kind)
			} else if c.onlyExit(u) {
				u.pos = selectOf(u)
				report(u, finding.Unsignalled)
			}
		}
	case len(e.receives) == 0 && !e.buffered:
		for _, u := range e.sends {
			if u.clause == nil {
				report(u, u.kind)
			}
		}
	}
	return out
}

func (c *counter) isTest(pos token.Pos) bool {
	return testfile.At(c.pass.Fset, pos)
}

// dead reports whether a use stands in a function that nothing uses.
func (c *counter) dead(u use) bool {
	fn := enclosing(u.path)
	if fn == nil || ast.IsExported(fn.Name.Name) || fn.Name.Name == "main" || fn.Name.Name == "init" {
		return false
	}
	if c.used == nil {
		c.used = map[string]bool{}
		for _, o := range c.pass.TypesInfo.Uses {
			if f, ok := o.(*types.Func); ok {
				c.used[f.Name()] = true
			}
		}
	}
	return !c.used[fn.Name.Name]
}

func enclosing(path []ast.Node) *ast.FuncDecl {
	for _, n := range path {
		if fn, ok := n.(*ast.FuncDecl); ok {
			return fn
		}
	}
	return nil
}

// function names the function that a use stands in.
func (c *counter) function(u use) string {
	fn := enclosing(u.path)
	if fn == nil {
		return ""
	}
	if fn.Recv != nil && len(fn.Recv.List) == 1 {
		return "(" + types.ExprString(fn.Recv.List[0].Type) + ")." + fn.Name.Name
	}
	return fn.Name.Name
}
