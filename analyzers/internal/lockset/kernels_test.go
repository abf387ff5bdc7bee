package lockset

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/packages"
)

// The toolchain's own kernels of fixed leaks. Its README tells of each what it
// is about: a resource is a lock, and mixed is a lock with something else.
const kernelDir = "src/runtime/testdata/testgoroutineleakprofile/goker"

var (
	kernelHead = regexp.MustCompile(`(?m)^## (\w+)/(\d+)`)
	kernelRow  = regexp.MustCompile(`(?m)^\|\[[^|]*\|[^|]*\|[^|]*\| *(\w+) *\|`)
)

// kernels returns the files of the kernels by what they are about.
func kernels(t *testing.T) (dir string, about map[string]string) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(strings.TrimSpace(string(out)), kernelDir)
	text, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil {
		t.Skip("this toolchain comes without the kernels")
	}
	about = map[string]string{}
	heads := kernelHead.FindAllSubmatchIndex(text, -1)
	for k, h := range heads {
		end := len(text)
		if k+1 < len(heads) {
			end = heads[k+1][0]
		}
		section := text[h[0]:end]
		m := kernelHead.FindSubmatch(section)
		row := kernelRow.FindSubmatch(section)
		if row == nil {
			t.Fatalf("%s: no row that tells what it is about", m[0])
		}
		about[strings.ToLower(string(m[1]))+string(m[2])+".go"] = string(row[1])
	}
	return dir, about
}

// foundIn analyses the kernels, with their entry functions or without, and
// returns the kinds of what is found in each file.
func foundIn(t *testing.T, from string, entries bool) map[string][]Kind {
	t.Helper()
	debugPanics = true
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module kernels\n\ngo 1.26\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(from, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no kernels: %v", err)
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !entries && filepath.Base(name) != "main.go" {
			src = withoutEntry(t, name, src)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), src, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir}, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		for _, err := range p.Errors {
			t.Fatal(err)
		}
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]Kind{}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		for _, f := range act.Result.(*Result).Findings {
			file := filepath.Base(act.Package.Fset.Position(f.Pos).Filename)
			found[file] = append(found[file], f.Kind)
		}
	}
	return found
}

// withoutEntry deletes the function a kernel is started by and what registers it.
func withoutEntry(t *testing.T, name string, src []byte) []byte {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, src, 0)
	if err != nil {
		t.Fatal(err)
	}
	entry := strings.TrimSuffix(filepath.Base(name), ".go")
	f.Decls = slices.DeleteFunc(f.Decls, func(d ast.Decl) bool {
		fn, ok := d.(*ast.FuncDecl)
		return ok && fn.Recv == nil && (fn.Name.Name == "init" || strings.ToLower(fn.Name.Name) == entry)
	})
	f.Comments = nil
	for _, group := range astutil.Imports(fset, f) {
		for _, i := range group {
			if path := strings.Trim(i.Path.Value, `"`); !astutil.UsesImport(f, path) {
				astutil.DeleteImport(fset, f, path)
			}
		}
	}
	var b bytes.Buffer
	if err := format.Node(&b, fset, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// missedKernels says why the analysis of locks does not report a kernel.
var missedKernels = map[string]string{
	"cockroach1462.go":   "workers wait for a channel, no lock is in the way",
	"cockroach16167.go":  "the L of the condition is the read side of the lock, made by RLocker",
	"cockroach18101.go":  "a send that nobody receives, no lock",
	"etcd6708.go":        "the client is behind an interface that got it through another interface",
	"etcd7492.go":        "the channel has a buffer",
	"etcd7902.go":        "the function that waits is one of several kept in a field",
	"hugo3251.go":        "the lock is an element of a map",
	"hugo5379.go":        "the function that locks again is kept in a map",
	"kubernetes26980.go": "the goroutine that waits under the lock may be told to stop",
	"kubernetes30872.go": "the callback is kept in a field of a field, behind two interfaces",
	"kubernetes58107.go": "the condition has a lock of its own, and nobody needs the other to signal it",
	"moby25384.go":       "a WaitGroup, no lock",
	"moby28462.go":       "the channel hangs on a part of the object that is a pointer",
	"serving2137.go":     "the lock is handed out locked",
}

// missedMethods says why it does not without the entry function.
var missedMethods = map[string]string{
	"etcd10492.go":  "the callback is set by the function that starts it",
	"istio16224.go": "all of it is in the function that starts it",
}

// otherKernels are about something else, and about a lock besides.
var otherKernels = map[string]string{
	"moby30408.go": "nobody signals the condition that it waits for under its lock",
}

// TestKernels holds what is found in the kernels that are about locks against
// the reviewed tables.
func TestKernels(t *testing.T) {
	dir, about := kernels(t)
	whole, methods := foundIn(t, dir, true), foundIn(t, dir, false)
	count, without, total := 0, 0, 0
	for _, file := range slices.Sorted(maps.Keys(about)) {
		if about[file] == "Communication" {
			if n := len(whole[file]) + len(methods[file]); (n > 0) != (otherKernels[file] != "") {
				t.Errorf("%s is about no lock: %d findings", file, n)
			}
			continue
		}
		total++
		if len(whole[file]) > 0 {
			count++
		}
		if len(methods[file]) > 0 {
			without++
		}
		if (len(whole[file]) == 0) != (missedKernels[file] != "") {
			t.Errorf("%s: %v is found", file, whole[file])
		}
		if (len(methods[file]) == 0) != (missedKernels[file] != "" || missedMethods[file] != "") {
			t.Errorf("%s: %v is found without the function that starts it", file, methods[file])
		}
	}
	if total < 30 {
		t.Errorf("only %d kernels are about locks", total)
	}
	t.Logf("%d of %d kernels are found, %d without the functions that start them", count, total, without)
}
