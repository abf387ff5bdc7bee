// Package library knows how the functions of the standard library and of
// golang.org/x behave, as far as goroutines, channels and locks are concerned.
// It is three tables, all text that is meant to be read:
//
//   - models/PATH.skel holds the skeletons of the functions of package PATH, and
//     the dynamic types that these make;
//   - layouts.txt tells which cells the modelled types are made of;
//   - effects.txt tells what other functions do to their arguments, with a
//     default for each package.
//
// A test resolves each name against the real package.
//
// # Reading the models
//
// The text is that of package skeleton. Functions whose names begin with
// library.PATH are parts of the models of package PATH. A line
//
//	like NAME MODEL
//
// says that NAME behaves as MODEL, which has the same parameters. In a model
// of a generic function a type parameter is one cell. A model of an
// interface's method holds whatever the dynamic type is.
//
// Models have no positions: what happens inside happens at the call. A
// goroutine that has frames of models only is no more than the mechanism of a
// library (a timer that waits to fire): it is never a finding by itself.
//
// Everything is parsed when it is first asked for, and shared: callers must
// not change what they get. All functions may be called concurrently.
package library

import (
	"embed"
	"io/fs"
	"strings"
	"sync"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// TestRunner is the model of what calls a test: a function of one parameter,
// the test function. It makes the T, and runs its parallel subtests and clean-up.
const TestRunner = "library.testing.Test"

// WrapError is the model of a function whose result is an error that is nil
// exactly if its argument is.
const WrapError = "library.errors.wrap"

// AfterFuncer is the interface of the contexts that tell when they are done by
// calling functions. No context of a type that is not in sight is taken for one:
// what its Done channel does is all that matters then.
const AfterFuncer = "library.context.afterFuncer"

// Bubble is the function that runs a test in a bubble of testing/synctest: who is
// stuck in one whoever runs the test is told, and time goes by in order there.
const Bubble = "testing/synctest.Test"

// Subtest is the model of the goroutine in which a test runs for another.
const Subtest = "library.testing.run"

// Reader and Writer are the models of what unknown code does to an io.Reader or
// io.Writer that is lent to it. They return the error that it returns.
const (
	Reader = "library.io.consume"
	Writer = "library.io.produce"
)

//go:embed models
var models embed.FS

// Func returns the skeleton of a modelled function, nil if there is none.
// fullName is that of go/types for the function's origin: context.WithCancel,
// (*sync.Once).Do, (*sync/atomic.Pointer[T]).Load, (testing.TB).Fatal; or the
// name of a part that models call.
func Func(fullName string) *skeleton.Func {
	p := modelled()[Package(fullName)]
	if p == nil {
		return nil
	}
	return p.fn(fullName)
}

// Types returns the dynamic types that models make, by tag.
var Types = sync.OnceValue(func() map[string]*skeleton.Type {
	all := map[string]*skeleton.Type{}
	for _, p := range modelled() {
		p.once.Do(p.index)
		for _, text := range p.types {
			for tag, t := range skeleton.MustParse(text).Types {
				all[tag] = t
			}
		}
	}
	return all
})

// Ends tells how a function ends that never returns: with Exit (of the
// process), Goexit or Panic; it is Invalid for all others.
func Ends(fullName string) skeleton.Op {
	f := Func(fullName)
	if f == nil {
		return endings()[fullName]
	}
	if len(f.Blocks) != 1 {
		return skeleton.Invalid
	}
	switch op := f.Blocks[0][len(f.Blocks[0])-1].Op; op {
	case skeleton.Exit, skeleton.Goexit, skeleton.Panic:
		return op
	}
	return skeleton.Invalid
}

// NoReturn reports whether a function never returns to its caller. Those that
// mark a test as failed do, and so does synctest.Wait, whatever their models say:
// these end a path because what follows proves nothing.
func NoReturn(fullName string) bool {
	name := fullName[strings.LastIndexByte(fullName, '.')+1:]
	switch Package(fullName) {
	case "testing", "github.com/stretchr/testify/assert":
		if name == "Fail" || name == "Failf" || name == "Error" || name == "Errorf" {
			return false
		}
	case "testing/synctest":
		return false
	}
	return Ends(fullName) != skeleton.Invalid
}

// modelled finds the packages that have models, by path.
var modelled = sync.OnceValue(func() map[string]*pkg {
	m := map[string]*pkg{}
	err := fs.WalkDir(models, "models", func(file string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			path := strings.TrimSuffix(strings.TrimPrefix(file, "models/"), ".skel")
			m[path] = &pkg{file: file}
		}
		return err
	})
	if err != nil {
		panic(err) // the files are part of the program
	}
	return m
})

// pkg holds the models of one package.
type pkg struct {
	file  string
	once  sync.Once
	text  map[string]string // of functions, not parsed yet
	like  map[string]string
	types []string

	mu    sync.Mutex
	funcs map[string]*skeleton.Func
}

// index cuts the text of a package into functions and types. A text runs from
// the head of one up to the brace that closes it, alone on its line.
func (p *pkg) index() {
	data, err := models.ReadFile(p.file)
	if err != nil {
		panic(err) // the files are part of the program
	}
	p.text, p.like, p.funcs = map[string]string{}, map[string]string{}, map[string]*skeleton.Func{}
	for rest := string(data); rest != ""; {
		line, after, _ := strings.Cut(rest, "\n")
		kind, tail, _ := strings.Cut(line, " ")
		name, tail, _ := strings.Cut(tail, " ")
		switch kind {
		case "like":
			p.like[name] = tail
		case "func", "type":
			end := strings.Index(rest, "\n}")
			if end < 0 {
				panic(p.file + ": " + name + " is not closed")
			}
			text := rest[:end+2]
			if kind == "func" {
				p.text[name] = text
			} else {
				p.types = append(p.types, text)
			}
			after = strings.TrimPrefix(rest[end+2:], "\n")
		}
		rest = after
	}
}

func (p *pkg) fn(name string) *skeleton.Func {
	p.once.Do(p.index)
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.parse(name)
}

func (p *pkg) parse(name string) *skeleton.Func {
	if f := p.funcs[name]; f != nil {
		return f
	}
	var f *skeleton.Func
	if other, ok := p.like[name]; ok {
		if model := p.parse(other); model != nil {
			c := *model
			f = &c
		}
	} else if text, ok := p.text[name]; ok {
		f = skeleton.MustParse(text).Funcs[name]
	}
	if f == nil {
		return nil
	}
	f.Name, f.Short, f.Library = name, shortName(name), true
	p.funcs[name] = f
	return f
}

// shortName is what a user would call the function: WithCancel, Once.Do.
func shortName(fullName string) string {
	s := fullName[strings.LastIndexByte(fullName, '/')+1:]
	_, s, _ = strings.Cut(s, ".")
	s = strings.ReplaceAll(s, ")", "")
	if i, j := strings.IndexByte(s, '['), strings.IndexByte(s, ']'); i >= 0 && j > i {
		s = s[:i] + s[j+1:]
	}
	return s
}

// Package is the path of the package in the full name of a function.
func Package(fullName string) string {
	s := strings.TrimPrefix(fullName, "library.")
	s = strings.TrimPrefix(strings.TrimPrefix(s, "("), "*")
	slash := strings.LastIndexByte(s, '/') + 1
	if i := strings.IndexByte(s[slash:], '.'); i >= 0 {
		return s[:slash+i]
	}
	return ""
}
