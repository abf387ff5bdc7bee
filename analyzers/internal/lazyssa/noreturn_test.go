package lazyssa

import (
	"testing"

	"golang.org/x/tools/go/ssa"
)

// TestNoReturn runs without facts of the standard library, as in the vet
// command, where it has none.
func TestNoReturn(t *testing.T) {
	pkg := form(t, `package p

import (
	"log"
	"os"
	"runtime"
	"testing"
	"testing/synctest"
)

func settles() { synctest.Wait() }

func exits() { os.Exit(1) }

func logs() { log.Fatalf("dead") }

func logsWith(l *log.Logger) { l.Panicln("dead") }

func ends() { runtime.Goexit() }

func fails(t *testing.T) { t.Fatalf("dead") }

func skips(b *testing.B) { b.Skip("slow") }

func wraps(t *testing.T) int {
	if t.Failed() {
		fails(t)
	} else {
		logs()
	}
	return 1
}

func marks(t *testing.T) { t.Errorf("wrong") }

func some(t *testing.T) {
	if t.Failed() {
		fails(t)
	}
}

func circle(n int) { square(n) }

func square(n int) { circle(n) }
`).Package()
	for name, never := range map[string]bool{
		"exits": true, "logs": true, "logsWith": true, "ends": true, "fails": true, "skips": true, "wraps": true,
		"marks": false, "settles": false, "some": false, "circle": false, "square": false,
	} {
		returns := false
		reach := map[*ssa.BasicBlock]bool{}
		var walk func(b *ssa.BasicBlock)
		walk = func(b *ssa.BasicBlock) {
			if reach[b] {
				return
			}
			reach[b] = true
			if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
				returns = true
			}
			for _, s := range b.Succs {
				walk(s)
			}
		}
		walk(pkg.Func(name).Blocks[0])
		if returns == never {
			t.Errorf("%s: returns is %v", name, returns)
		}
	}
}
