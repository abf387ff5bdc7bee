package lostcancel

import (
	"go/ast"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"github.com/concheck/concheck/analyzers/internal/check"
)

// Cancel functions that are discarded because they are not wanted: the context is
// kept in a variable of a package, as long as the process lives; what ends it is a
// function of the package that derived it, which finds the cancel function in the
// context; or a comment right above tells why nobody calls it.
//
// May: that the function ends the context is taken from its name.

var (
	// endNames are the beginnings of names of functions that end what they are given.
	endNames = regexp.MustCompile("^(Cancel|Close|Stop|Shutdown|Terminate|Finish|Release|End|Quit|Kill)")
	// reasons are words of comments that tell why something is not done.
	reasons = regexp.MustCompile(`(?i)\b(not|\w+n't|never|no need|on purpose|purposefully|purposely|intentional(ly)?|deliberate(ly)?|ignored?|discard(ed|s)?|leak(s|ed)?)\b`)
)

// meant reports whether a discarded cancel function is not missed.
func meant(pass *check.Pass, c derivation) bool {
	ctx := c.context(pass)
	return ctx != nil && ctx.Parent() == pass.Pkg.Scope() || explained(pass, c) || ctx != nil && endedElsewhere(pass, c, ctx)
}

// context is the variable that a derived context is assigned to, nil if it is none.
func (c derivation) context(pass *check.Pass) types.Object {
	for _, l := range c.assign.Lhs {
		if id, ok := l.(*ast.Ident); ok && id.Name != "_" {
			if o := pass.TypesInfo.ObjectOf(id); o != nil && named(o.Type()) == "Context" {
				return o
			}
		}
	}
	return nil
}

// explained reports whether a comment that ends in the line above an assignment
// speaks of what is not cancelled.
func explained(pass *check.Pass, c derivation) bool {
	line := func(n ast.Node) int { return pass.Fset.Position(n.Pos()).Line }
	for _, file := range pass.Files {
		if c.call.Pos() < file.FileStart || c.call.Pos() >= file.FileEnd {
			continue
		}
		return slices.ContainsFunc(file.Comments, func(g *ast.CommentGroup) bool {
			last := g.List[len(g.List)-1]
			return line(last)+strings.Count(last.Text, "\n")+1 == line(c.assign) &&
				strings.Contains(strings.ToLower(g.Text()), "cancel") && reasons.MatchString(g.Text())
		})
	}
	return false
}

// endedElsewhere reports whether a context is given to a function that is named for
// ending it, of the package that derived it: that of context has none.
func endedElsewhere(pass *check.Pass, c derivation, ctx types.Object) bool {
	found := false
	ast.Inspect(c.decl.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found {
			return !found
		}
		fn := calleeOf(pass.TypesInfo, call)
		if fn == nil || fn.Pkg() != c.callee.Pkg() || fn.Signature().Recv() != nil || !endNames.MatchString(fn.Name()) {
			return true
		}
		found = slices.ContainsFunc(call.Args, func(a ast.Expr) bool {
			id, ok := ast.Unparen(a).(*ast.Ident)
			return ok && pass.TypesInfo.ObjectOf(id) == ctx
		})
		return !found
	})
	return found
}
