package explored

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

// goroot asks the go command where the toolchain lies.
func goroot(t *testing.T) string {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// expectations reads the tables of the runtime's test.
func expectations(t *testing.T) []example {
	file := filepath.Join(goroot(t), expectedFile)
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
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(goroot(t), corpusDir))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module corpus\n\ngo 1.26\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir}, "./...")
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
		if res.Stats.Refuted > 0 {
			t.Errorf("%s: the replay refutes %d schedules", act.Package.PkgPath, res.Stats.Refuted)
		}
		for _, f := range res.Findings {
			file := filepath.Base(act.Package.Fset.Position(f.Pos).Filename)
			found[file] = append(found[file], f)
		}
	}
	return found
}

var literal = regexp.MustCompile(`\$(\d+)`)

// entry is the runtime's name of the function a goroutine was started with.
func entry(p finding.Place) string {
	name := strings.NewReplacer("corpus/goker.", "", "corpus.", "").Replace(p.Entry)
	if !strings.HasPrefix(name, "(*") {
		name = strings.NewReplacer("(", "", ")", "").Replace(name)
	}
	first := true
	return literal.ReplaceAllStringFunc(name, func(s string) string {
		if first {
			first = false
			return ".func" + s[1:]
		}
		return "." + s[1:]
	})
}

// reasons are the wait reasons that the runtime may show for a place: a writer
// of an RWMutex waits for other writers on a Mutex inside.
func reasons(p finding.Place) []string {
	switch {
	case p.Kind == finding.Lock && p.Read:
		return []string{"sync.RWMutex.RLock"}
	case p.Kind == finding.Lock && p.RW:
		return []string{"sync.RWMutex.Lock", "sync.Mutex.Lock"}
	case p.Kind == finding.Lock:
		return []string{"sync.Mutex.Lock"}
	case p.Kind == finding.Select && p.NoCases:
		return []string{"select (no cases)"}
	}
	reason := map[finding.Kind]string{
		finding.Send: "chan send", finding.Receive: "chan receive", finding.Range: "chan receive", finding.Select: "select",
		finding.Wait: "sync.WaitGroup.Wait", finding.Cond: "sync.Cond.Wait",
	}[p.Kind]
	if p.Nil && (p.Kind == finding.Send || p.Kind == finding.Receive) {
		reason += " (nil chan)"
	}
	return []string{reason}
}

// expects reports whether a leak that is expected is the goroutine at p. Of a root
// only the reason is compared: who called it is not known.
func expects(leak *regexp.Regexp, p finding.Place) bool {
	_, want, _ := strings.Cut(leak.String(), ` \[`)
	for _, r := range reasons(p) {
		if p.Spawned() && leak.MatchString(fmt.Sprintf("%s(...) [%s]", entry(p), r)) {
			return true
		}
		if !p.Spawned() && regexp.MustCompile(`^`+strings.TrimSuffix(want, `\]`)+`$`).MatchString(r) {
			return true
		}
	}
	return false
}

// TestLeakCorpus holds what is found in the toolchain's corpus against what the
// runtime's own test expects: of the small examples every leak is found, of the
// kernels at least one, and nothing else is reported, but for what the table
// reviewed has a reason for.
func TestLeakCorpus(t *testing.T) {
	expected := expectations(t)
	found := exploreCorpus(t)
	byFile := map[string][]example{}
	total := 0
	for _, e := range expected {
		byFile[fileOf(t, e.name)] = append(byFile[fileOf(t, e.name)], e)
	}
	for _, file := range slices.Sorted(maps.Keys(byFile)) {
		for _, e := range byFile[file] {
			missing := missingLeaks(e, found[file])
			kernel := len(byFile[file]) == 1
			switch {
			case len(missing) == 0, kernel && len(missing) < len(e.leaks):
				total++
				if missed[e.name] != "" {
					t.Errorf("%s: found, though listed as missed", e.name)
				}
			case missed[e.name] == "":
				t.Errorf("%s: not found: %v", e.name, missing)
				for _, f := range found[file] {
					t.Logf("\tinstead %s: %s %v", f.Message(token.NewFileSet()), entry(f.Place), reasons(f.Place))
				}
			}
		}
	}
	t.Logf("%d of %d found", total, len(expected))
	for _, file := range slices.Sorted(maps.Keys(found)) {
		for _, f := range found[file] {
			if !f.Contract && !anyExpects(byFile[file], f.Place) && reviewed[file] == "" {
				t.Errorf("%s: outside the expectations: %s %s %v", file, f.Message(token.NewFileSet()), entry(f.Place), reasons(f.Place))
			}
		}
	}
}

const tooMany = "the loop starts so many goroutines that the schedules within the bound do not reach the two that collide"

// missed and reviewed are what a reader has found out about the corpus.
var (
	// missed has a reason for each example of which nothing is found.
	missed = map[string]string{
		"Kubernetes58107": tooMany,
		"Istio18454":      "the leak needs 1,024 events to be put into a buffer first: deeper than the bound",
	}

	// reviewed has a reason for each file with a report that the runtime's test
	// does not list.
	reviewed = map[string]string{
		"moby27782.go":      "two calls of Watcher.Close at the same time both find it open, and both close its channel",
		"kubernetes1321.go": "the runtime's test leaves the kernel out for a crash on a data race; its comment lists the leak that is reported",
	}
)

func missingLeaks(e example, found []*finding.Finding) []string {
	var missing []string
	for _, leak := range e.leaks {
		hit := false
		for _, f := range found {
			for _, p := range append([]finding.Place{f.Place}, f.Others...) {
				hit = hit || expects(leak, p)
			}
		}
		if !hit {
			missing = append(missing, leak.String())
		}
	}
	return missing
}

func anyExpects(examples []example, p finding.Place) bool {
	for _, e := range examples {
		for _, leak := range e.leaks {
			if expects(leak, p) {
				return true
			}
		}
	}
	return false
}

// fileOf finds the file that registers an example.
func fileOf(t *testing.T, name string) string {
	for _, dir := range []string{".", "goker"} {
		files, err := filepath.Glob(filepath.Join(goroot(t), corpusDir, dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), fmt.Sprintf("register(%q,", name)) {
				return filepath.Base(file)
			}
		}
	}
	t.Fatalf("no file registers %s", name)
	return ""
}
