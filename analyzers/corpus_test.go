package analyzers_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers"
	"github.com/concheck/concheck/analyzers/internal/checktest"
)

// A finding as a host prints it.
type finding struct {
	File    string // relative to the corpus
	Line    int
	Column  int
	Check   string
	Message string
}

// TestHosts runs the program itself.
func TestHosts(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "concheck")
	lookAtSources(t, checktest.Root(t))
	build := exec.Command("go", "build", "-o", binary, "./cmd/concheck")
	build.Dir = checktest.Root(t)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Run("Corpus", func(t *testing.T) { testCorpus(t, binary) })
	t.Run("Example", func(t *testing.T) { testExample(t, binary) })
}

// lookAtSources makes a cached result of the test depend on all sources below
// root: the go command sees only what the test itself imports or looks at.
func lookAtSources(t *testing.T, root string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".go" {
			_, err = os.Stat(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// testCorpus puts the whole corpus through the hosts: the command line and
// go vet find the same, which is what the comments want of each line and nothing else.
func testCorpus(t *testing.T, binary string) {
	corpus := checktest.Corpus(t)
	line := findings(t, corpus, 3, binary, "-json", "./...")
	vet := findings(t, corpus, 0, "go", "vet", "-vettool="+binary, "-json", "./...")
	if diff := cmp.Diff(line, vet); diff != "" {
		t.Errorf("findings (-command line +go vet)\n%s", diff)
	}
	compareWithWants(t, corpus, line)
	t.Logf("%d findings", len(line))
	testContract(t, binary, corpus, line)
}

// testContract sets the flags for what is a matter of contract: what the
// comments say of it is found, and so is all that is found without.
func testContract(t *testing.T, binary, corpus string, without []finding) {
	flags := []string{"-json", "-closedchan.contract", "-deadlock.contract", "-goroutineleak.contract", "-unclosedchan.contract", "./..."}
	found := map[finding]bool{}
	for _, f := range findings(t, corpus, 3, binary, flags...) {
		found[f] = true
	}
	for _, f := range without {
		if !found[f] {
			t.Errorf("%s:%d: not found with the flags set: %s", f.File, f.Line, f.Message)
		}
	}
	wants := 0
	err := filepath.WalkDir(corpus, func(path string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		for _, w := range checktest.Wants(t, path) {
			if !w.Contract {
				continue
			}
			wants++
			met := false
			for f := range found {
				met = met || filepath.Join(corpus, filepath.FromSlash(f.File)) == path && f.Line == w.Line && w.Pattern.MatchString(f.Message)
			}
			if !met {
				t.Errorf("%s:%d: no finding matches %q", path, w.Line, w.Pattern)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if wants == 0 {
		t.Error("no comment speaks of a contract")
	}
}

// testExample compares what README.md shows of the example with what is found.
func testExample(t *testing.T, binary string) {
	cmd := exec.Command(binary, "./testdata/example")
	cmd.Dir = checktest.Root(t)
	out, err := cmd.Output()
	if e := (*exec.ExitError)(nil); !errors.As(err, &e) || e.ExitCode() != 3 {
		t.Fatalf("%v, want the exit code of findings", err)
	}
	var b strings.Builder
	b.WriteString("\n")
	for l := range strings.Lines(string(out)) {
		b.WriteString("    " + l)
	}
	b.WriteString("\n")
	compareReadme(t, "example", b.String())
}

// findings runs a host that prints the JSON tree of x/tools, once or once a
// package, and returns what it finds, sorted. Exit is the code that says that there
// are findings.
func findings(t *testing.T, dir string, exit int, name string, args ...string) []finding {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if e := (*exec.ExitError)(nil); errors.As(err, &e) && e.ExitCode() == exit {
		err = nil
	}
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, stderr.String())
	}
	var found []finding
	dec := json.NewDecoder(withoutHeadings(stdout.String()))
	for {
		var tree map[string]map[string][]struct{ Posn, Message string }
		if err := dec.Decode(&tree); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%s: %v in\n%s", name, err, stdout.String())
		}
		for _, checks := range tree {
			for check, list := range checks {
				for _, d := range list {
					f := finding{Check: check, Message: d.Message}
					f.File, f.Line, f.Column = position(t, dir, d.Posn)
					found = append(found, f)
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b finding) int {
		return strings.Compare(key(a), key(b))
	})
	return slices.Compact(found) // a file of several test variants is analysed several times
}

func key(f finding) string {
	return strings.Join([]string{f.File, strconv.Itoa(f.Line), strconv.Itoa(f.Column), f.Check, f.Message}, "\x00")
}

// withoutHeadings drops the lines by which the go command names packages.
func withoutHeadings(out string) io.Reader {
	var b strings.Builder
	for l := range strings.Lines(out) {
		if !strings.HasPrefix(l, "# ") {
			b.WriteString(l)
		}
	}
	return strings.NewReader(b.String())
}

// position splits file:line:column.
func position(t *testing.T, dir, posn string) (file string, line, column int) {
	t.Helper()
	parts := strings.Split(posn, ":")
	if len(parts) != 3 {
		t.Fatalf("position %q", posn)
	}
	file = parts[0]
	if filepath.IsAbs(file) {
		rel, err := filepath.Rel(dir, file)
		if err != nil {
			t.Fatal(err)
		}
		file = rel
	}
	line, err := strconv.Atoi(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	column, err = strconv.Atoi(parts[2])
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(file), line, column
}

// compareWithWants matches findings and comments line by line. A comment that
// names no check speaks of the one whose name its folder bears.
func compareWithWants(t *testing.T, corpus string, found []finding) {
	t.Helper()
	type place struct {
		file string
		line int
	}
	type want struct {
		checktest.Want
		met bool
	}
	wants := make(map[place][]*want)
	var order []place
	err := filepath.WalkDir(corpus, func(path string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		rel, err := filepath.Rel(corpus, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		folder, _, _ := strings.Cut(rel, "/")
		isCheck := slices.ContainsFunc(analyzers.All(), func(a *analysis.Analyzer) bool { return a.Name == folder })
		for _, w := range checktest.Wants(t, path) {
			switch {
			case w.Contract:
				continue
			case w.Check == "" && isCheck:
				w.Check = folder
			case w.Check == "":
				continue
			}
			p := place{rel, w.Line}
			if wants[p] == nil {
				order = append(order, p)
			}
			wants[p] = append(wants[p], &want{Want: w})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		wanted := false
		for _, w := range wants[place{f.File, f.Line}] {
			if w.Check == f.Check && w.Pattern.MatchString(f.Message) {
				w.met, wanted = true, true
			}
		}
		if !wanted {
			t.Errorf("%s:%d: unwanted finding: %s [%s]", f.File, f.Line, f.Message, f.Check)
		}
	}
	for _, p := range order {
		for _, w := range wants[p] {
			if !w.met {
				t.Errorf("%s:%d: no finding of %s matches %q", p.file, p.line, w.Check, w.Pattern)
			}
		}
	}
}
