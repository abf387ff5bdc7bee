package explored

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/concheck/concheck/analyzers/finding"
)

// The toolchain's own corpus of leaks, and what its test expects of the
// runtime's leak profile: for each example the functions of the goroutines that
// leak, with the reason for which they wait.
const (
	corpusDir    = "src/runtime/testdata/testgoroutineleakprofile"
	expectedFile = "src/runtime/goroutineleakprofile_test.go"
)

// example is one example of the corpus with the leaks that are expected of it.
type example struct {
	name  string
	leaks []*regexp.Regexp
}

// expectations reads the tables of the runtime's test.
func expectations(t *testing.T) []example {
	file := filepath.Join(runtime.GOROOT(), expectedFile)
	if _, err := os.Stat(file); err != nil {
		t.Skip("this toolchain comes without the corpus")
	}
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var out []example
	ast.Inspect(f, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		fn, ok := call.Fun.(*ast.Ident)
		if !ok || fn.Name != "makeTest" && fn.Name != "makeFlakyTest" {
			return true
		}
		var words []string
		for _, a := range call.Args {
			lit, ok := a.(*ast.BasicLit)
			if !ok {
				return true
			}
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			words = append(words, s)
		}
		e := example{name: words[0]}
		for _, w := range words[1:] {
			e.leaks = append(e.leaks, regexp.MustCompile(w))
		}
		out = append(out, e)
		return true
	})
	return out
}

// exploreCorpus explores the packages of the corpus from a copy with a module of its own.
func exploreCorpus(t *testing.T) map[string][]*finding.Finding {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(runtime.GOROOT(), corpusDir))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module corpus\n\ngo 1.26\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Dir: dir}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]*finding.Finding{}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		res := act.Result.(*Result)
		if res.Stats.Panics > 0 || res.Package != nil && res.Package.Stats.Panics > 0 {
			t.Errorf("%s: functions were given up", act.Package.PkgPath)
		}
		for _, f := range res.Findings {
			file := filepath.Base(act.Package.Fset.Position(f.Pos).Filename)
			found[file] = append(found[file], f)
		}
	}
	return found
}

var literal = regexp.MustCompile(`\$(\d+)`)

// leak writes a stuck goroutine as the runtime's test does: entry function and wait reason.
func leak(p finding.Place) string {
	entry := p.Entry
	entry = strings.NewReplacer("corpus/goker.", "", "corpus.", "").Replace(entry)
	first := true
	entry = literal.ReplaceAllStringFunc(entry, func(s string) string {
		if first {
			first = false
			return ".func" + s[1:]
		}
		return "." + s[1:]
	})
	reasons := map[finding.Kind]string{
		finding.Send: "chan send", finding.Receive: "chan receive", finding.Range: "chan receive", finding.Select: "select",
		finding.Wait: "sync.WaitGroup.Wait", finding.Cond: "sync.Cond.Wait",
	}
	reason := reasons[p.Kind]
	switch {
	case p.Kind == finding.Lock && p.Read:
		reason = "sync.RWMutex.RLock"
	case p.Kind == finding.Lock && p.RW:
		reason = "sync.RWMutex.Lock"
	case p.Kind == finding.Lock:
		reason = "sync.Mutex.Lock"
	case p.Kind == finding.Select && p.NoCases:
		reason = "select (no cases)"
	case p.Nil:
		reason += " (nil chan)"
	}
	return fmt.Sprintf("%s(...) [%s]", entry, reason)
}

// TestLeakCorpus holds what is found in the toolchain's corpus against what the
// runtime's own test expects: every report must be an expected leak, and the
// examples listed as missed are all that are missed.
func TestLeakCorpus(t *testing.T) {
	expected := expectations(t)
	found := exploreCorpus(t)
	var all []string
	for _, e := range expected {
		all = append(all, e.name)
	}
	var missed, outside []string
	for _, e := range expected {
		files := []string{strings.ToLower(e.name) + ".go"}
		if _, err := os.Stat(filepath.Join(runtime.GOROOT(), corpusDir, "goker", files[0])); err != nil {
			files = []string{"simple.go", "commonpatterns.go", "stresstests.go"}
		}
		hits := make([]bool, len(e.leaks))
		for _, file := range files {
			for _, f := range found[file] {
				for _, p := range append([]finding.Place{f.Place}, f.Others...) {
					for i, l := range e.leaks {
						hits[i] = hits[i] || l.MatchString(leak(p))
					}
				}
			}
		}
		kernel := len(files) == 1
		ok := len(e.leaks) == 0 || slices.Contains(hits, true) && (kernel || !slices.Contains(hits, false))
		if !ok {
			missed = append(missed, e.name)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(found)) {
		for _, f := range found[file] {
			matches := false
			for _, e := range expected {
				for _, l := range e.leaks {
					matches = matches || l.MatchString(leak(f.Place))
				}
			}
			if !matches {
				outside = append(outside, fmt.Sprintf("%s: %s %s", file, f.Message(token.NewFileSet()), leak(f.Place)))
			}
		}
	}
	t.Logf("%d of %d found", len(all)-len(missed), len(all))
	for _, m := range missed {
		t.Errorf("missed: %s", m)
	}
	for _, o := range outside {
		t.Errorf("outside: %s", o)
	}
}
