package library

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

//go:embed effects.txt
var effectsText string

//go:embed layouts.txt
var layoutsText string

//go:embed ends.txt
var endsText string

//go:embed commands.txt
var commandsText string

// Effect is what a function without a model does to its arguments.
type Effect struct {
	// Args has the mode of each argument, the receiver first, in the letters of
	// skeleton's Havoc. The last letter holds for all arguments that follow.
	Args string
	// Ends is Exit, Goexit or Panic if the function never returns, else Invalid.
	Ends skeleton.Op
}

// Mode is the letter of argument i, where the receiver is the first argument.
func (e Effect) Mode(i int) byte {
	if e.Args == "" {
		return skeleton.EscapeAll
	}
	return e.Args[min(i, len(e.Args)-1)]
}

// EffectOf tells what the function of that name does to its arguments: by its
// own line of the table, or by the default of its package. ok is false if
// nothing is known.
func EffectOf(fullName string) (e Effect, ok bool) {
	t := effects()
	args, ok := t.funcs[fullName]
	if !ok {
		args, ok = t.packages[Package(fullName)]
	}
	ends := Ends(fullName)
	return Effect{Args: args, Ends: ends}, ok || ends != skeleton.Invalid
}

// endings reads lines "NAME exit", "NAME panic" and "NAME goexit".
var endings = sync.OnceValue(func() map[string]skeleton.Op {
	m := map[string]skeleton.Op{}
	for _, line := range tableLines(endsText) {
		name, how, _ := strings.Cut(line, " ")
		switch how {
		case "exit":
			m[name] = skeleton.Exit
		case "panic":
			m[name] = skeleton.Panic
		case "goexit":
			m[name] = skeleton.Goexit
		default:
			panic("ends.txt: " + line)
		}
	}
	return m
})

// Command reports whether a type, named by package path and name, is what the
// commands of a program get when they run.
func Command(typeName string) bool { return commands()[typeName] }

var commands = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, line := range tableLines(commandsText) {
		m[line] = true
	}
	return m
})

type effectTable struct {
	packages map[string]string
	funcs    map[string]string
}

// effects reads lines "package PATH MODES" and "NAME MODES".
var effects = sync.OnceValue(func() effectTable {
	t := effectTable{packages: map[string]string{}, funcs: map[string]string{}}
	for _, line := range tableLines(effectsText) {
		words := strings.Fields(line)
		switch {
		case len(words) == 3 && words[0] == "package":
			t.packages[words[1]] = words[2]
		case len(words) == 2:
			t.funcs[words[0]] = words[1]
		default:
			panic("effects.txt: " + line)
		}
	}
	return t
})

// Global returns the dynamic type that the value of a package-level variable of
// interface type always has, for the few whose behaviour matters.
func Global(name string) (tag string, ok bool) {
	if name == "io.Discard" {
		return "io.discard", true
	}
	return "", false
}

type layout struct {
	cells  string
	fields map[string]int
}

// Layout returns the cells of a modelled type, named by package path and name
// (sync.Once, golang.org/x/sync/errgroup.Group), and at which of them its
// fields begin that code outside may use. ok is false if the type has no model.
func Layout(typeName string) (cells string, fields map[string]int, ok bool) {
	l, ok := layouts()[typeName]
	return l.cells, l.fields, ok
}

// HasLayouts reports whether types of a package are modelled.
func HasLayouts(path string) bool {
	for name := range layouts() {
		if Package(name) == path {
			return true
		}
	}
	return false
}

// layouts reads lines "TYPE CELLS FIELD=OFFSET …".
var layouts = sync.OnceValue(func() map[string]layout {
	m := map[string]layout{}
	for _, line := range tableLines(layoutsText) {
		words := strings.Fields(line)
		if len(words) < 2 {
			panic("layouts.txt: " + line)
		}
		l := layout{cells: words[1], fields: map[string]int{}}
		for _, w := range words[2:] {
			name, offset, _ := strings.Cut(w, "=")
			n, err := strconv.Atoi(offset)
			if err != nil {
				panic(fmt.Sprintf("layouts.txt: %s: %v", line, err))
			}
			l.fields[name] = n
		}
		m[words[0]] = l
	}
	return m
})

// tableLines returns the lines of a table without comments.
func tableLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "//")
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
