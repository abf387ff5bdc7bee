package finding

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// what names the operation: "send on results". One in another package comes with its place.
func (p Place) what() string {
	return p.operation() + p.far()
}

func (p Place) far() string {
	if p.Far == "" {
		return ""
	}
	return " (" + p.Far + ")"
}

func (p Place) operation() string {
	on := func(verb, bare string) string {
		if p.Object == "" {
			return bare
		}
		return verb + p.Object
	}
	method := func(name string) string {
		if p.Object == "" {
			return name
		}
		return p.Object + "." + name
	}
	switch p.Kind {
	case Send, SendClosed:
		return on("send on ", "send")
	case Receive:
		return on("receive from ", "receive")
	case Range:
		return on("range over ", "range over a channel")
	case Select:
		return "select"
	case Wait, Cond:
		return method("Wait")
	case Lock:
		return on("lock of ", "lock")
	case Call:
		return on("", "call")
	case CloseClosed, CloseNil:
		return on("close of ", "close")
	case UnlockUnlocked:
		return on("unlock of ", "unlock")
	case Endless, Unsignalled:
		return "loop"
	case Spin:
		return on("receive from ", "receive")
	}
	return on("counter of ", "counter")
}

// Message is the one line of a diagnostic: what happens, when, and whose help is missing.
func (f *Finding) Message(fset *token.FileSet) string {
	if f.Forgotten != nil {
		return fmt.Sprintf("a goroutine that %s starts never ends%s: %s would end it", f.Forgotten.Opening, f.when(fset), f.Forgotten.Method)
	}
	switch f.Kind {
	case SendClosed:
		return fmt.Sprintf("send on closed channel %s%s panics%s: close it only when no sender is left", f.Object, f.far(), f.clients())
	case CloseClosed:
		return fmt.Sprintf("close of closed channel %s%s panics%s: let one owner close it, or use sync.Once", f.Object, f.far(), f.clients())
	case CloseNil:
		return fmt.Sprintf("close of nil channel %s%s panics%s: it was never made", f.Object, f.far(), f.clients())
	case Negative:
		return fmt.Sprintf("negative WaitGroup counter of %s%s: Done is called more often than Add allows", f.Object, f.far())
	case UnlockUnlocked:
		return fmt.Sprintf("unlock of %s%s, which is not locked", f.Object, f.far())
	case Range:
		return fmt.Sprintf("%s never ends%s: %s", f.what(), f.when(fset), f.why(fset))
	}
	if f.Kind == Unsignalled {
		return fmt.Sprintf("loop never ends: nothing sends on %s or closes it, and there is no other way out", f.Object)
	}
	if f.Kind == Spin {
		return fmt.Sprintf("%s succeeds at once for ever%s: the channel is closed, and nothing leaves the loop", f.what(), f.when(fset))
	}
	if f.Kind == Endless {
		return fmt.Sprintf("%s never ends%s: only time drives it, and nobody can stop the goroutine", f.what(), f.when(fset))
	}
	if f.Patient {
		return fmt.Sprintf("%s blocks until the caller cancels%s: %s", f.what(), f.when(fset), f.why(fset))
	}
	return fmt.Sprintf("%s blocks for ever%s: %s", f.what(), f.when(fset), f.why(fset))
}

// when tells what has happened before that leaves the operation without help.
func (f *Finding) when(fset *token.FileSet) string {
	if s := f.clients(); s != "" {
		return s
	}
	if !f.Returned.IsValid() || f.Root == "" {
		return ""
	}
	if line := fset.Position(f.Returned).Line; line > 0 {
		return fmt.Sprintf(" when %s returns at line %d", f.Root, line)
	}
	return ""
}

// clients tells by what calls.
func (f *Finding) clients() string {
	var calls string
	switch {
	case len(f.Calls) == 0:
		return ""
	case len(f.Calls) == 1:
		calls = f.Calls[0] + " is called"
	case len(f.Calls) == 2 && f.Calls[0] == f.Calls[1]:
		calls = f.Calls[0] + " is called twice"
	case len(slices.Compact(slices.Clone(f.Calls))) == 1:
		calls = f.Calls[0] + " is called again and again"
	case len(f.Calls) == 2:
		calls = f.Calls[0] + " and " + f.Calls[1] + " are called"
	default:
		calls = strings.Join(f.Calls, ", ") + " are called in turn"
	}
	if f.Before != "" {
		return " when " + calls + " after " + f.Before
	}
	return " when " + calls
}

// why tells whose help is missing.
func (f *Finding) why(fset *token.FileSet) string {
	if f.Nil {
		return "the channel is nil"
	}
	if f.Patient {
		return fmt.Sprintf("nobody receives from %s", orIt(f.Object))
	}
	if o := f.helper(); o != nil {
		if line := fset.Position(o.Pos).Line; line > 0 {
			return fmt.Sprintf("who could help waits for ever too, at line %d (%s)", line, o.what())
		}
	}
	switch f.Kind {
	case Send:
		if f.Limited {
			return fmt.Sprintf("the buffer is full and nobody receives from %s", orIt(f.Object))
		}
		return fmt.Sprintf("nobody receives from %s", orIt(f.Object))
	case Receive:
		return fmt.Sprintf("nobody sends on %s or closes it", orIt(f.Object))
	case Range:
		return fmt.Sprintf("nobody closes %s", orIt(f.Object))
	case Select:
		return "no case can ever proceed"
	case Wait:
		return "a Done is missing"
	case Cond:
		return "nobody signals any more"
	case Lock:
		return "its holder never unlocks it"
	}
	return "nobody is left to answer"
}

// helper is one of those who could help if they were not stuck, too, nil if there
// is none. Who waits in the same place waits for help as well, but for a lock: that
// two take in turns.
func (f *Finding) helper() *Place {
	for i := range f.Others {
		if o := &f.Others[i]; f.Helped && (o.Pos != f.Pos || f.Kind == Lock) {
			return o
		}
	}
	return nil
}

func orIt(object string) string {
	if object == "" {
		return "it"
	}
	return object
}

// Diagnostic is the finding as a check reports it.
func (f *Finding) Diagnostic(fset *token.FileSet, check string) analysis.Diagnostic {
	category := check + "/" + f.Kind.String()
	if f.Forgotten != nil {
		category = check + "/forgotten"
	}
	if f.Contract {
		category += "/contract"
	}
	return analysis.Diagnostic{
		Pos:      f.At(),
		Category: category,
		Message:  f.Message(fset),
		Related:  f.Related(),
	}
}
