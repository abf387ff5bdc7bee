package nolint

import (
	_ "embed"
	"fmt"
	"go/ast"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/internal/check"
	"github.com/concheck/concheck/analyzers/internal/suppress"
)

//go:embed doc.go
var doc string

const name = "nolint"

// Analyzer asks every suppression for its reason. It watches no check, and so
// cannot say which suppression is without need: see New.
var Analyzer = New(nil, nil)

// New returns an analyzer that also reports suppressions without need. Known are
// the names of all checks there are, watched those of them that are switched on.
func New(known []string, watched []*analysis.Analyzer) *analysis.Analyzer {
	w := watcher{known: known, watched: watched}
	return check.New(check.Spec{
		Name:     name,
		Doc:      doc,
		Run:      w.run,
		Requires: watched,
	})
}

type watcher struct {
	known   []string
	watched []*analysis.Analyzer
}

func (w watcher) run(pass *check.Pass) error {
	directives := pass.ResultOf[suppress.Analyzer].(*suppress.Directives)
	if len(directives.List) == 0 {
		return nil
	}
	generated := make(map[string]bool)
	for _, f := range pass.Files {
		generated[pass.Fset.File(f.FileStart).Name()] = ast.IsGenerated(f)
	}
	ran, used := w.results(pass)
	for _, d := range directives.List {
		if generated[pass.Fset.File(d.Pos).Name()] {
			continue
		}
		ours := slices.DeleteFunc(slices.Clone(d.Names), func(n string) bool {
			return d.LeftToHost(n) || n == suppress.All || !d.Lint && n != suppress.Tool && !slices.Contains(w.known, n)
		})
		if len(ours) == 0 {
			continue
		}
		if d.Reason == "" {
			w.report(pass, d, "suppression without a reason: write %s", form(d, ours[0]))
		}
		for _, n := range ours {
			switch {
			case d.Lint && len(w.known) > 0 && !slices.Contains(w.known, n):
				w.report(pass, d, "suppression of %s/%s, which is no check", suppress.Tool, n)
			case !used[suppress.Use{Directive: d, Name: n}] && w.allRan(n, ran):
				w.report(pass, d, "suppression of %s, which finds nothing here: remove it", n)
			}
		}
	}
	return nil
}

// form shows how a directive is written with its reason.
func form(d *suppress.Directive, name string) string {
	if d.Lint {
		return fmt.Sprintf("//lint:ignore %s/%s reason", suppress.Tool, name)
	}
	return fmt.Sprintf("//nolint:%s // reason", name)
}

// results tells which checks went through the whole package, and which names in
// directives they used. A check that gave a function up may have missed what a
// directive is there for.
func (w watcher) results(pass *check.Pass) (ran map[string]bool, used map[suppress.Use]bool) {
	ran, used = make(map[string]bool), make(map[suppress.Use]bool)
	for _, a := range w.watched {
		r, ok := pass.ResultOf[a].(*check.Result)
		if !ok {
			continue
		}
		ran[r.Name] = r.Panics == 0
		for _, u := range r.Suppressed {
			used[u] = true
		}
	}
	return ran, used
}

// allRan reports whether every check that a name stands for went through the
// whole package.
func (w watcher) allRan(n string, ran map[string]bool) bool {
	if n != suppress.Tool {
		return ran[n]
	}
	return len(w.known) > 0 && !slices.ContainsFunc(w.known, func(k string) bool { return k != name && !ran[k] })
}

// report goes past the filter: no directive silences what is said about it.
func (w watcher) report(pass *check.Pass, d *suppress.Directive, format string, args ...any) {
	pass.Pass.Report(analysis.Diagnostic{
		Pos:     d.Pos,
		End:     d.End,
		URL:     check.Page + name,
		Message: fmt.Sprintf(format, args...),
	})
}
