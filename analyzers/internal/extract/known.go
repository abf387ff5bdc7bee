package extract

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// library stands for the package of that name: the few types and functions
// without which nothing can be extracted.
var library standIn

type standIn struct{}

var standInFuncs = skeleton.MustParse(`
func (*sync.Mutex).Lock (m:p) library {
b0:
	lock %0
	return
}
func (*sync.Mutex).Unlock (m:p) library {
b0:
	unlock %0
	return
}
func (*sync.RWMutex).Lock (m:p) library {
b0:
	lock %0
	return
}
func (*sync.RWMutex).Unlock (m:p) library {
b0:
	unlock %0
	return
}
func (*sync.RWMutex).RLock (m:p) library {
b0:
	rlock %0
	return
}
func (*sync.RWMutex).RUnlock (m:p) library {
b0:
	runlock %0
	return
}
func (*sync.WaitGroup).Add (wg:p n:i) library {
b0:
	wgadd %0 %1
	return
}
func (*sync.WaitGroup).Done (wg:p) library {
b0:
	wgadd %0 -1
	return
}
func (*sync.WaitGroup).Wait (wg:p) library {
b0:
	wgwait %0
	return
}
func os.Exit (code:i) library {
b0:
	exit
}
`)

func (standIn) Func(name string) *skeleton.Func { return standInFuncs.Funcs[name] }

func (standIn) Types() map[string]*skeleton.Type { return nil }

func (standIn) Layout(name string) (layout string, fields map[string]int, ok bool) {
	switch name {
	case "sync.Mutex":
		return "m", nil, true
	case "sync.RWMutex":
		return "r", nil, true
	case "sync.WaitGroup":
		return "w", nil, true
	}
	return "", nil, false
}

// effect tells what library knows of a function that has no skeleton.
func effect(string) (target, bool) { return target{}, false }
