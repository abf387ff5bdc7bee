package explore_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/explore/oracle"
	"github.com/concheck/concheck/analyzers/internal/explore/randprog"
	"github.com/concheck/concheck/analyzers/internal/extract"
	"github.com/concheck/concheck/analyzers/internal/lazyssa"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// exports is the export data of what random programs import.
var exports = sync.OnceValues(func() (map[string]string, error) {
	out, err := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}", "sync").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	files := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		files[path] = file
	}
	return files, nil
})

// extracted is Go source turned into skeletons.
type extracted struct {
	*extract.Package
	fset *token.FileSet
}

func fromSource(text string) (*extracted, error) {
	compiled, err := exports()
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	cfg := types.Config{GoVersion: "go1.26", Importer: importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(compiled[path])
	})}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{},
	}
	pkg, err := cfg.Check("p", fset, []*ast.File{f}, info)
	if err != nil {
		return nil, err
	}
	files := []*ast.File{f}
	return &extracted{extract.Build(extract.Input{Fset: fset, Pkg: lazyssa.Build(fset, pkg, files, info, nil), Files: files}), fset}, nil
}

func (e *extracted) line(pos skeleton.Pos) int { return e.fset.Position(e.Pos(pos)).Line }

// batch is how many programs go into one package.
const batch = 100

// TestRandomSource renders random programs as Go source, extracts their
// skeletons, and compares what the explorer finds there with what the oracle
// says of these skeletons, and with what it says of the programs themselves.
func TestRandomSource(t *testing.T) {
	compared, failed, large, seed := 0, 0, 0, *firstOne
	for compared+large < *programs/2 && failed < maxFailures() {
		var list []*randprog.Program
		for range min(batch, *programs) {
			list = append(list, randprog.New(seed))
			seed++
		}
		opt := randprog.Options{Forms: seed/batch%2 == 1}
		src := randprog.Render("p", list, opt)
		pkg, err := fromSource(src.Text)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range list {
			diff, ok := sourceDisagreement(p, pkg, fmt.Sprintf("p.Prog%d", i), src.Lines[i])
			if !ok {
				large++
				continue
			}
			compared++
			if diff == "" {
				continue
			}
			small := randprog.Shrink(p, func(q *randprog.Program) bool {
				d, ok := oneSource(q, opt)
				return ok && d != ""
			})
			diff, _ = oneSource(small, opt)
			src := randprog.Render("p", []*randprog.Program{small}, opt)
			t.Errorf("seed %d: %s\n%s", p.Seed, diff, src.Text)
			if pkg, err := fromSource(src.Text); err == nil && testing.Verbose() {
				t.Logf("%s", pkg.Prog)
			}
			if failed++; failed == maxFailures() {
				break
			}
		}
	}
	t.Logf("%d programs compared, %d too large", compared, large)
}

// makes reports whether a program makes a channel or starts a goroutine.
func makes(p *randprog.Program) bool {
	return slices.ContainsFunc(p.Chans, func(c int) bool { return c >= 0 }) || strings.Contains(p.Skeleton().String(), "\tspawn ")
}

func oneSource(p *randprog.Program, opt randprog.Options) (string, bool) {
	src := randprog.Render("p", []*randprog.Program{p}, opt)
	pkg, err := fromSource(src.Text)
	if err != nil {
		return "", false
	}
	return sourceDisagreement(p, pkg, "p.Prog0", src.Lines[0])
}

// sourceDisagreement compares the explorer's verdicts on an extracted root with
// the oracle's, by the numbers of operations. Panics in deferred calls have no
// number: their kind counts.
func sourceDisagreement(p *randprog.Program, pkg *extracted, root string, lines map[int]int) (string, bool) {
	truth := oracle.Exhaustive(p.Skeleton(), oracle.Root{Func: randprog.Root}, oracleStates)
	if truth.Incomplete != "" {
		return "", false
	}
	if pkg.Prog.Funcs[root] == nil {
		if len(truth.May) == 0 || !makes(p) {
			return "", true // there is nothing to find, or nothing that makes it a root
		}
		return "no skeleton for the root", true
	}
	if diff, ok := disagreement(pkg.Prog, oracle.Root{Func: root}, nil); !ok || diff != "" {
		return "on the same skeleton: " + diff, ok
	}
	res, stuckAt := explore.NewProgram(pkg.Prog).StuckAt(explore.Root{Func: root}, explore.Limits{})
	may, must := numbers(truth.May), numbers(truth.Must)
	var out []string
	found := map[string]bool{}
	for _, pos := range stuckAt {
		found[fmt.Sprint("stuck ", lines[pkg.line(pos)])] = true
	}
	for _, f := range res.Findings {
		if f.Kind > explore.UnlockUnlocked {
			continue // the oracle knows no more kinds
		}
		if f.Kind != explore.Stuck {
			found[oracle.Kind(f.Kind).String()] = true
		}
	}
	for v := range found {
		if !may[v] {
			out = append(out, "wrong: "+v)
		}
	}
	for v := range must {
		if !found[v] {
			out = append(out, "missed: "+v)
		}
	}
	slices.Sort(out)
	return strings.Join(out, "; "), true
}

// numbers names verdicts as sourceDisagreement does: stuck operations by number,
// panics by kind.
func numbers(verdicts []oracle.Verdict) map[string]bool {
	set := map[string]bool{}
	for _, v := range verdicts {
		if v.Kind == oracle.Stuck {
			set[fmt.Sprint("stuck ", v.Pos)] = true
		} else {
			set[v.Kind.String()] = true
		}
	}
	return set
}
