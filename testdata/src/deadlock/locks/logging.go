package locks

import (
	"errors"
	"fmt"
	"sync"

	"example.com/corpus/deadlock/locks/logged"
)

// What a logger of another package formats it asks for its text.

type tenancy struct {
	mu    sync.Mutex
	id    int
	owner *lodger
}

func (l *tenancy) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return fmt.Sprint("tenancy ", l.id)
}

func (l *tenancy) stale() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	logged.Logf("is %v of %d stale", l, l.id) // want `l.mu is locked again by tenancy.String through Logf`
	return l.id == 0
}

func (l *tenancy) printed() {
	l.mu.Lock()
	defer l.mu.Unlock()
	logged.Log("have", l) // want `l.mu is locked again by tenancy.String through Log`
}

func (l *tenancy) short() {
	l.mu.Lock()
	defer l.mu.Unlock()
	logged.Shortf("%s", l) // want `l.mu is locked again by tenancy.String through Shortf`
}

func (l *tenancy) twice() {
	l.mu.Lock()
	defer l.mu.Unlock()
	logged.Twicef("%v", l) // want `l.mu is locked again by tenancy.String through Twicef`
}

func (l *tenancy) failed() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return wrap(errors.ErrUnsupported, "of %v", l) // want `l.mu is locked again by tenancy.String through wrap`
}

func wrap(err error, format string, args ...any) error {
	return fmt.Errorf("%w: %s", err, fmt.Sprintf(format, args...))
}

func (l *tenancy) byNumber() {
	l.mu.Lock()
	defer l.mu.Unlock()
	logged.Logf("is %p of %d stale", l, l.id)
	logged.Masked("%v", l)
	logged.Nonef("%v", l)
	logged.Count(l)
}

func (l *tenancy) after() {
	l.mu.Lock()
	l.id++
	l.mu.Unlock()
	logged.Logf("now %v", l)
}

func (l *tenancy) other(o *tenancy) {
	l.mu.Lock()
	defer l.mu.Unlock()
	logged.Logf("not %v", l.owner)
}

// lodger has a short text, for which nothing is locked.
type lodger struct {
	mu   sync.Mutex
	name string
}

func (t *lodger) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return "lodger " + t.name
}

func (t *lodger) Short() string { return "lodger" }

func (t *lodger) rename(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.name = name
	logged.Shortf("is now %v", t)
}
