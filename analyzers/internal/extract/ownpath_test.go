package extract

import (
	"strings"
	"testing"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// What a package that library knows is made of shows in its source: a model
// stands only for what others call.
func TestModelledPackageItself(t *testing.T) {
	const src = `package errgroup

type Group struct {
	done chan struct{}
}

func (g *Group) Go(f func() error) {
	g.done = make(chan struct{})
	go func() {
		f()
		close(g.done)
	}()
}

func (g *Group) Wait() error {
	<-g.done
	return nil
}

func Run(f func() error) error {
	g := new(Group)
	g.Go(f)
	return g.Wait()
}
`
	for _, path := range []string{"golang.org/x/sync/errgroup", "golang.org/x/sync/errgroup [errgroup.test]"} {
		pkg, err := sourceOf(path, "group.go", []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		closes := false
		for name, f := range pkg.Prog.Funcs {
			for _, b := range f.Blocks {
				for _, in := range b {
					closes = closes || strings.HasPrefix(name, "(*"+path+".Group).Go") && in.Op == skeleton.Close
				}
			}
		}
		if !closes {
			t.Errorf("%s: the close in Go does not show", path)
		}
	}
}
