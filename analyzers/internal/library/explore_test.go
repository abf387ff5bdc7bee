package library_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/library"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// link adds all models that a program needs, and the types they make.
func link(t *testing.T, text string) *skeleton.Program {
	t.Helper()
	prog, err := skeleton.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	for tag, typ := range library.Types() {
		if prog.Types[tag] == nil {
			prog.Types[tag] = typ
		}
	}
	prog.Types["*sync.Mutex"] = &skeleton.Type{Tag: "*sync.Mutex", Methods: map[string]string{
		"Lock": "(*sync.Mutex).Lock", "Unlock": "(*sync.Mutex).Unlock",
	}}
	var todo []string
	need := func(f *skeleton.Func) {
		for _, block := range f.Blocks {
			for _, in := range block {
				for _, a := range in.Args {
					if a.Kind == skeleton.ArgFunc {
						todo = append(todo, a.S)
					}
				}
			}
		}
	}
	for _, f := range prog.Funcs {
		need(f)
	}
	for _, typ := range prog.Types {
		for _, f := range typ.Methods {
			todo = append(todo, f)
		}
	}
	for len(todo) > 0 {
		name := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if prog.Funcs[name] != nil {
			continue
		}
		if f := library.Func(name); f != nil {
			prog.Funcs[name] = f
			need(f)
		}
	}
	return prog
}

// findings explores main of a program and lists what is found: the kind, the
// function at fault and the position.
func findings(t *testing.T, text string) (list []string, states int) {
	t.Helper()
	res := explore.Run(link(t, text), explore.Root{Func: "main"}, explore.Limits{})
	if res.Bound != "" {
		t.Errorf("bound: %s", res.Bound)
	}
	for _, f := range res.Findings {
		name := "?"
		if len(f.Main.Stack) > 0 {
			name = f.Main.Stack[0].Func
		}
		list = append(list, fmt.Sprintf("%s %v in %s at %d", kinds[f.Kind], f.Main.Op, name, f.Main.Pos))
	}
	slices.Sort(list)
	return list, res.States
}

var kinds = map[explore.Kind]string{
	explore.Stuck: "stuck", explore.SendClosed: "send on closed", explore.CloseClosed: "close of closed",
	explore.CloseNil: "close of nil", explore.NegativeCounter: "negative counter", explore.UnlockUnlocked: "unlock of unlocked",
}

type behaviour struct{ name, want, text string }

// behaviours reads the files of testdata: a program after each line === NAME,
// with a line "want FINDINGS" first if something is to be found.
func behaviours(t *testing.T) []behaviour {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	var list []behaviour
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		base := strings.TrimSuffix(filepath.Base(file), ".txt")
		for i, part := range strings.Split(string(data), "=== ") {
			if i == 0 {
				continue // the file's comment
			}
			name, text, _ := strings.Cut(part, "\n")
			b := behaviour{name: base + "/" + name, text: text}
			if line, rest, _ := strings.Cut(text, "\n"); strings.HasPrefix(line, "want ") {
				b.want, b.text = strings.TrimPrefix(line, "want "), rest
			}
			list = append(list, b)
		}
	}
	return list
}

// Each program shows one behaviour of one model.
func TestModelsUnderExploration(t *testing.T) {
	for _, tt := range behaviours(t) {
		t.Run(tt.name, func(t *testing.T) {
			got, states := findings(t, tt.text)
			t.Logf("%d states", states)
			if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			again, n := findings(t, tt.text)
			if n != states || !slices.Equal(again, got) {
				t.Errorf("a second run differs: %d states, %v", n, again)
			}
		})
	}
}

// TestPositionsAreThoseOfTheCaller: what a model makes and starts is said to be
// made and started by the call.
func TestPositionsAreThoseOfTheCaller(t *testing.T) {
	res := explore.Run(link(t, `
func main () {
b0:
	%0 = call/p &context.Background
	%1 = call/pp &context.WithCancel %0 @3
	%2 = elem #0 #1 %1
	%3 = alloc/w
	%4 = closure &untilDone %2
	call &(*sync.WaitGroup).Go %3 %4 @6
	return
}
func untilDone () free (ctx:p) {
b0:
	%1 = call/p .Done %0
	recv/o %1 @7
	return
}`), explore.Root{Func: "main"}, explore.Limits{})
	if len(res.Findings) != 1 || len(res.Findings[0].Main.Waits) != 1 {
		t.Fatalf("findings: %+v", res.Findings)
	}
	g := res.Findings[0].Main
	if g.Started != 6 || g.Pos != 7 || g.Waits[0].Made != 3 {
		t.Errorf("started at %d, stuck at %d, made at %d; want 6, 7, 3", g.Started, g.Pos, g.Waits[0].Made)
	}
}

// TestCrashInsideModel: the counter is negative where wg.Go's own Done runs.
func TestCrashInsideModel(t *testing.T) {
	got, _ := findings(t, `
func main () {
b0:
	%0 = alloc/w
	%1 = closure &done %0
	call &(*sync.WaitGroup).Go %0 %1 @6
	call &(*sync.WaitGroup).Wait %0 @9
	return
}
func done () free (wg:p) {
b0:
	call &(*sync.WaitGroup).Done %0 @7
	return
}`)
	if want := "negative counter wgadd in ? at 6"; len(got) != 1 || got[0] != want {
		t.Errorf("findings %q, want %q", got, want)
	}
}
