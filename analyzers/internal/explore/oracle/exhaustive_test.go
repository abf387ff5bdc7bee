package oracle

import (
	"fmt"
	"strings"
	"testing"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Programs with known verdicts. Positions are what the verdicts name.
var programs = []struct {
	name, text string
	want       string
}{
	{"exchange", `
		func f () {
		b0:
			%0 = makechan/i 0
			%1 = closure &f$1 %0
			spawn %1
			%2 = recv/i %0 @1
			return
		}
		func f$1 () free (ch:p) {
		b0:
			send %0 7 @2
			return
		}`, ``},
	{"early return", `
		func f () {
		b0:
			%0 = makechan/i 0
			%1 = closure &f$1 %0
			spawn %1
			return
		}
		func f$1 () free (ch:p) {
		b0:
			send %0 7 @2
			return
		}`, `stuck @2`},
	{"buffer suffices", `
		func f () {
		b0:
			%0 = makechan/i 1
			%1 = closure &f$1 %0
			spawn %1
			return
		}
		func f$1 () free (ch:p) {
		b0:
			send %0 7 @2
			return
		}`, ``},
	{"opposite orders", `
		func f () {
		b0:
			%0 = alloc/m
			%1 = alloc/m
			spawn &f$1 %1 %0
			call &f$1 %0 %1
			return
		}
		func f$1 (a:p b:p) {
		b0:
			lock %0 @1
			lock %1 @2
			unlock %1 @3
			unlock %0 @4
			return
		}`, `stuck @2`},
	{"philosophers", `
		func f () {
		b0:
			%0 = alloc/m
			%1 = alloc/m
			%2 = alloc/m
			spawn &eat %0 %1
			spawn &eat %1 %2
			spawn &eat %2 %0
			return
		}
		func eat (a:p b:p) {
		b0:
			lock %0 @1
			lock %1 @2
			unlock %1
			unlock %0
			return
		}`, `stuck @2`},
	{"philosophers, one left-handed", `
		func f () {
		b0:
			%0 = alloc/m
			%1 = alloc/m
			%2 = alloc/m
			spawn &eat %0 %1
			spawn &eat %1 %2
			spawn &eat %0 %2
			return
		}
		func eat (a:p b:p) {
		b0:
			lock %0 @1
			lock %1 @2
			unlock %1
			unlock %0
			return
		}`, ``},
	{"lost signal", `
		func f () {
		b0:
			%0 = alloc/m
			%1 = alloc/c
			spawn &wait %0 %1
			lock %0 @1
			signal %1 @2
			unlock %0 @3
			return
		}
		func wait (mu:p c:p) {
		b0:
			lock %0 @4
			condadd %1 @5
			unlock %0 @5
			condpark %1 @5
			lock %0 @5
			unlock %0 @6
			return
		}`, `stuck @5`},
	{"signal under a condition", `
		func f () {
		b0:
			%0 = alloc/m
			%1 = alloc/c
			%2 = alloc/b
			spawn &wait %0 %1 %2
			lock %0 @1
			store/b %2 true
			signal %1 @2
			unlock %0 @3
			return
		}
		func wait (mu:p c:p ready:p) {
		b0:
			lock %0 @4
			jump ->b1
		b1:
			%3 = load/b %2
			branch %3 ->b3,b2
		b2:
			condadd %1 @5
			unlock %0 @5
			condpark %1 @5
			lock %0 @5
			jump ->b1
		b3:
			unlock %0 @6
			return
		}`, ``},
	{"one signal for two waiters", `
		func f () {
		b0:
			%0 = alloc/c
			spawn &wait %0
			spawn &wait %0
			yield %0
			signal %0
			return
		}
		func wait (c:p) {
		b0:
			condadd %0
			condpark %0 @5
			return
		}`, `stuck @5`},
	{"a waiting writer keeps readers out", `
		func f () {
		b0:
			%0 = alloc/r
			%1 = makechan/i 0
			spawn &write %0
			rlock %0 @1
			rlock %0 @2
			runlock %0
			runlock %0
			return
		}
		func write (mu:p) {
		b0:
			lock %0 @3
			unlock %0
			return
		}`, `stuck @2, stuck @3`},
	{"two readers", `
		func f () {
		b0:
			%0 = alloc/r
			spawn &read %0
			rlock %0 @1
			rlock %0 @2
			runlock %0
			runlock %0
			return
		}
		func read (mu:p) {
		b0:
			rlock %0 @3
			runlock %0
			return
		}`, ``},
	{"range ends with close", `
		func f () {
		b0:
			%0 = makechan/i 0
			spawn &drain %0
			send %0 1 @1
			send %0 2 @2
			close %0 @3
			return
		}
		func drain (ch:p) {
		b0:
			%1 = recv2/i %0 @4
			%2 = elem #1 #1 %1
			branch %2 ->b0,b1
		b1:
			return
		}`, ``},
	{"range without close", `
		func f () {
		b0:
			%0 = makechan/i 0
			spawn &drain %0
			send %0 1 @1
			return
		}
		func drain (ch:p) {
		b0:
			%1 = recv2/i %0 @4
			%2 = elem #1 #1 %1
			branch %2 ->b0,b1
		b1:
			return
		}`, `stuck @4`},
	{"double close", `
		func f () {
		b0:
			%0 = makechan/i 0
			spawn &g %0
			close %0 @1
			return
		}
		func g (ch:p) {
		b0:
			close %0 @2
			return
		}`, `close of closed @1, close of closed @2`},
	{"send races close", `
		func f () {
		b0:
			%0 = makechan/i 1
			spawn &g %0
			send %0 1 @1
			return
		}
		func g (ch:p) {
		b0:
			close %0 @2
			return
		}`, `send on closed @1`},
	{"a panic ends the process", `
		func f () {
		b0:
			%0 = makechan/i 0
			close nil @1
			%1 = recv/i %0 @2
			return
		}`, `close of nil @1`},
	{"a recovered panic does not", `
		func f () recover b1 {
		b0:
			%0 = makechan/i 0
			defer &g
			close nil @1
			return
		b1:
			%1 = recv/i %0 @2
			return
		}
		func g () {
		b0:
			%0 = recover
			return
		}`, `stuck @2`},
	{"negative counter", `
		func f () {
		b0:
			%0 = alloc/w
			wgadd %0 1 @1
			spawn &done %0
			spawn &done %0
			return
		}
		func done (wg:p) {
		b0:
			wgadd %0 -1 @2
			return
		}`, `negative counter @2`},
	{"the last breath of a process is no leak", `
		func f () {
		b0:
			spawn &g
			panic "x"
		}
		func g () {
		b0:
			%1 = recv/i nil @2
			return
		}`, `may: stuck @2; must: `},
	{"add in the goroutine", `
		func f () {
		b0:
			%0 = alloc/w
			%1 = makechan/i 0
			spawn &work %0 %1
			wgwait %0 @1
			return
		}
		func work (wg:p ch:p) {
		b0:
			wgadd %0 1
			send %1 1 @2
			wgadd %0 -1
			return
		}`, `stuck @1, stuck @2`},
	{"unlock of unlocked", `
		func f () {
		b0:
			%0 = alloc/r
			rlock %0
			defer &f$1
			unlock %0 @1
			return
		}
		func f$1 () {
		b0:
			%0 = recover
			return
		}`, `unlock of unlocked @1`},
	{"default is possible though a partner stands ready", `
		func f () {
		b0:
			%0 = makechan/i 0
			spawn &g %0
			%1 = select #1 | recv/i %0 @1
			return
		}
		func g (ch:p) {
		b0:
			send %0 1 @2
			return
		}`, `stuck @2`},
	{"default is not possible when a value is there", `
		func f () {
		b0:
			%0 = makechan/i 1
			send %0 1
			%1 = select #1 | recv/i %0 @1
			%2 = elem #0 #1 %1
			%3 = bin :eq %2 -1
			branch %3 ->b1,b2
		b1:
			%4 = recv/i nil @2
			jump ->b2
		b2:
			return
		}`, ``},
	{"two selects with default never meet", `
		func f () {
		b0:
			%0 = makechan/i 0
			spawn &g %0
			%1 = select #1 | recv/i %0 @1
			%2 = elem #0 #1 %1
			%3 = bin :eq %2 0
			branch %3 ->b1,b2
		b1:
			%4 = recv/i nil @2
			jump ->b2
		b2:
			return
		}
		func g (ch:p) {
		b0:
			%1 = select #1 | send %0 1
			return
		}`, ``},
	{"try to lock", `
		func f () {
		b0:
			%0 = alloc/m
			spawn &g %0
			%1 = trylock %0
			branch %1 ->b2,b1
		b1:
			%2 = recv/i nil @2
			jump ->b2
		b2:
			unlock %0
			return
		}
		func g (mu:p) {
		b0:
			lock %0
			unlock %0
			return
		}`, `stuck @2`},
	{"cancel reaches linked channels", `
		func f () {
		b0:
			%0 = makechan/o 0
			%1 = makechan/o 0
			link %0 %1
			spawn &wait %1
			cancel %0
			cancel %0
			return
		}
		func wait (ch:p) {
		b0:
			%1 = recv/o %0 @1
			return
		}`, ``},
	{"defers run while a panic unwinds", `
		func f () {
		b0:
			%0 = alloc/m
			spawn &g %0
			lock %0 @1
			unlock %0
			return
		}
		func g (mu:p) {
		b0:
			defer &h %0
			call &k %0
			return
		}
		func k (mu:p) {
		b0:
			lock %0
			defer &unlock %0
			panic "x"
		}
		func h (mu:p) {
		b0:
			%1 = recover
			return
		}
		func unlock (mu:p) {
		b0:
			unlock %0
			return
		}`, ``},
	{"an argument is the caller's", `
		func f (ch:p) {
		b0:
			%1 = recv/i %0 @1
			%2 = makechan/i 0
			spawn &g %2
			%3 = select/i | recv/i %2 @2 | recv/i %0 @3
			return
		}
		func g (ch:p) {
		b0:
			send %0 1 @4
			return
		}`, `stuck @4`},
	{"one symbol, one decision", `
		func f (ok:b) {
		b0:
			%1 = makechan/i 0
			branch %0 ->b1,b2
		b1:
			spawn &g %1
			jump ->b2
		b2:
			branch %0 ->b3,b4
		b3:
			%2 = recv/i %1 @1
			jump ->b4
		b4:
			return
		}
		func g (ch:p) {
		b0:
			send %0 1 @2
			return
		}`, ``},
	{"a count of zero", `
		func f (s:p) {
		b0:
			%1 = len %0
			%2 = makechan/i %1
			send %2 1 @1
			return
		}`, `stuck @1`},
}

func TestExhaustive(t *testing.T) {
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			prog, err := skeleton.Parse(p.text)
			if err != nil {
				t.Fatal(err)
			}
			res := Exhaustive(prog, Root{Func: "f"}, 10_000)
			if res.Incomplete != "" {
				t.Fatal(res.Incomplete)
			}
			got, must := list(res.May), list(res.Must)
			if got != must {
				got = "may: " + got + "; must: " + must
			}
			if got != p.want {
				t.Errorf("%s; want %s", got, p.want)
			}
		})
	}
}

func list(verdicts []Verdict) string {
	var parts []string
	for _, v := range verdicts {
		parts = append(parts, fmt.Sprint(v))
	}
	return strings.Join(parts, ", ")
}
