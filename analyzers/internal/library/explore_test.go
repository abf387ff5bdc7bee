package library_test

import (
	"fmt"
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

// Each program shows one behaviour of one model.
func TestModelsUnderExploration(t *testing.T) {
	for _, tt := range behaviours {
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
