package lockset

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// A module that takes the place of the one with the assertions: what they do the
// library knows.
var assertions = map[string]string{
	"go.mod":             "module github.com/stretchr/testify\n\ngo 1.26.0\n",
	"require/require.go": "package require\n\nfunc NoError(t any, err error, msgAndArgs ...any) {}\n\nfunc True(t any, value bool, msgAndArgs ...any) {}\n",
	"door/door.go": `package door

import (
	"sync"

	"github.com/stretchr/testify/require"
)

// The way around the loop is one on which there is an error, and so none.
func ends(t any, mu *sync.Mutex, knock func() error, closing *bool) {
	for {
		if err := knock(); err != nil {
			mu.Lock()
			defer mu.Unlock()
			if *closing {
				return
			}
			require.NoError(t, err)
		}
	}
}

// This one goes on.
func goesOn(t any, mu *sync.Mutex, knock func() (error, error), closing *bool) {
	for {
		first, err := knock()
		if err != nil {
			mu.Lock() // again
			defer mu.Unlock()
			if *closing {
				return
			}
			require.NoError(t, first)
		}
	}
}

// Locked only where it is unlocked later: nothing else gets past the assertion.
func same(t any, mu *sync.Mutex, open bool) {
	if open {
		mu.Lock()
	}
	require.True(t, open)
	mu.Unlock()
}
`,
}

func TestAssertions(t *testing.T) {
	dir := t.TempDir()
	for name, text := range assertions {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	debugPanics = true
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir}, "./door")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		for _, f := range act.Result.(*Result).Findings {
			got = append(got, string(f.Kind)+" in "+f.fn.Name())
		}
	}
	if d := cmp.Diff([]string{"double in goesOn"}, got); d != "" {
		t.Errorf("findings (-want +got):\n%s", d)
	}
}
