package explore_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/explore/oracle"
	"github.com/concheck/concheck/analyzers/internal/explore/randprog"
)

var (
	executed = flag.Int("executed", 40, "how many random programs TestRuntime runs")
	runs     = flag.Int("runs", 20, "how often TestRuntime runs each")
)

// atOnce is how many programs one process runs: what is stuck stays with it.
const atOnce = 10

// TestRuntime compiles random programs and runs them many times. Whatever the
// runtime shows, the explorer must know of. The reverse cannot be tested so:
// the runtime shows but a few schedules.
func TestRuntime(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles and runs programs")
	}
	var list []*randprog.Program
	for i := range *executed {
		list = append(list, randprog.New(*firstOne+uint64(i)))
	}
	src := randprog.Render("main", list, randprog.Options{Hooks: true, Forms: true})
	bin := build(t, src.Text, len(list))
	var chunks [][2]int
	for from := 0; from < len(list); from += atOnce {
		chunks = append(chunks, [2]int{from, min(from+atOnce, len(list))})
	}
	seen := make([]map[string]bool, len(list))
	errs := make(chan error)
	work := make(chan [2]int, len(chunks))
	for _, c := range chunks {
		work <- c
	}
	close(work)
	workers := runtime.GOMAXPROCS(0)
	for range workers {
		go func() {
			for c := range work {
				if err := execute(bin, c[0], c[1], src, seen); err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	for range workers {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	shown := 0
	for i, p := range list {
		known, ok := told(p)
		if !ok {
			continue
		}
		for event := range seen[i] {
			shown++
			if !known[event] && !(known["panic"] && hasDeferred(p) && !strings.HasPrefix(event, "stuck")) {
				t.Errorf("seed %d: the runtime shows: %s; the explorer tells: %v\n%s", p.Seed, event, known, randprog.Render("p", []*randprog.Program{p}, randprog.Options{}).Text)
			}
		}
	}
	t.Logf("%d programs, %d different mistakes seen", len(list), shown)
}

// hasDeferred reports whether a panic may run deferred calls that panic anew:
// the runtime shows the last panic, the explorer the first.
func hasDeferred(p *randprog.Program) bool {
	return strings.Contains(p.Skeleton().String(), "defer &")
}

// told are the mistakes that the explorer finds in a program.
func told(p *randprog.Program) (map[string]bool, bool) {
	res, stuckAt := explore.NewProgram(p.Skeleton()).StuckAt(explore.Root{Func: randprog.Root}, explore.Limits{})
	if res.Bound != "" {
		return nil, false
	}
	known := map[string]bool{}
	for _, pos := range stuckAt {
		known[fmt.Sprintf("stuck %d", pos)] = true
	}
	for _, f := range res.Findings {
		if f.Kind <= explore.UnlockUnlocked && f.Kind != explore.Stuck {
			known[oracle.Kind(f.Kind).String()] = true
			known["panic"] = true
		}
	}
	return known, true
}

// build compiles the programs together with what runs them.
func build(t *testing.T, programs string, n int) string {
	dir := t.TempDir()
	main, err := os.ReadFile("testdata/runtime/main.go")
	if err != nil {
		t.Fatal(err)
	}
	table := "package main\n\nvar programs = []func(*hooks){\n"
	for i := range n {
		table += fmt.Sprintf("\tProg%d,\n", i)
	}
	for name, text := range map[string]string{
		"go.mod": "module random\n\ngo 1.26\n", "main.go": string(main), "programs.go": programs, "table.go": table + "}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	bin := filepath.Join(dir, "random")
	cmd := exec.Command("go", "build", "-gcflags=-l", "-o", bin, ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bin
}

// execute runs some of the programs and notes what happens to them. A program
// that ends its process (an unlock of an unlocked mutex does) is not run again.
func execute(bin string, from, to int, src *randprog.Source, seen []map[string]bool) error {
	for from < to {
		var stderr bytes.Buffer
		cmd := exec.Command(bin, fmt.Sprint(from), fmt.Sprint(to), fmt.Sprint(*runs))
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		at := from
		for line := range strings.Lines(string(out)) {
			var n int
			var what string
			fmt.Sscan(line, &what, &n)
			if what == "start" {
				at = n
				seen[at] = map[string]bool{}
				continue
			}
			event := fmt.Sprintf("stuck %d", src.Lines[at][n])
			if what == "panic" {
				event = panicKind(line)
			}
			if event != "" {
				seen[at][event] = true
			}
		}
		if err == nil {
			return nil
		}
		if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) {
			return err
		}
		kind := panicKind(stderr.String())
		if kind == "" {
			return fmt.Errorf("program %d: %w\n%s", at, err, stderr.String())
		}
		seen[at][kind] = true
		from = at + 1
	}
	return nil
}

// panicKind tells a panic by its text.
func panicKind(text string) string {
	for part, kind := range map[string]oracle.Kind{
		"send on closed": oracle.SendClosed, "close of closed": oracle.CloseClosed, "close of nil": oracle.CloseNil,
		"negative WaitGroup counter": oracle.NegativeCounter,
		"nlock of unlocked":          oracle.UnlockUnlocked,
	} {
		if strings.Contains(text, part) {
			return kind.String()
		}
	}
	return ""
}
