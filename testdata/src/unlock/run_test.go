//go:build run

package unlock

import (
	"errors"
	"testing"
	"time"

	"example.com/corpus/silent/outcome"
	"example.com/corpus/unlock/shelf"
)

var errAny = errors.New("any")

func fails() error { return errAny }

func newRoster() *roster { return &roster{guests: map[string][]string{"host": {"a", "b"}}} }

func oneBook() *shelf.Shelf { return &shelf.Shelf{Books: []*shelf.Book{{Pages: []string{"a"}}}} }

func fails1() (int, error) { return 0, errAny }

func one() (int, error) { return 1, nil }

func newTable() *table { return &table{log: func(string, ...any) {}} }

// once returns a function that says yes once.
func once() func() bool {
	n := 0
	return func() bool { n++; return n == 1 }
}

func TestOutcome(t *testing.T) {
	never := make(chan time.Time)
	outcome.Check(t, map[string]outcome.Case{
		"sum":                      {func() { s := newStore(false); s.sum([]string{"a"}); s.set("a", 1) }, outcome.Hangs},
		"sumUnlocks":               {func() { s := newStore(false); s.sumUnlocks([]string{"a"}); s.set("a", 1) }, outcome.Returns},
		"sumDefers":                {func() { s := newStore(true); s.sumDefers([]string{"a"}); s.set("a", 1) }, outcome.Returns},
		"readUnlock":               {func() { readUnlock(&cache{}) }, outcome.WUnlocks},
		"writeRUnlock":             {func() { writeRUnlock(&cache{}) }, outcome.RUnlocks},
		"readPair":                 {func() { readPair(&cache{}); readPair(&cache{}) }, outcome.Returns},
		"twice":                    {func() { twice(&cache{}, fails) }, outcome.Unlocks},
		"twiceNever":               {func() { twice(&cache{}, func() error { return nil }) }, outcome.Returns},
		"twiceInARow":              {func() { twiceInARow(&cache{}) }, outcome.Unlocks},
		"explicitAndDeferred":      {func() { explicitAndDeferred(&cache{}, 4) }, outcome.Unlocks},
		"unlockAndRelock":          {func() { c := &cache{}; unlockAndRelock(c, func() { readPair(c) }) }, outcome.Returns},
		"wrongOne":                 {func() { new(pair).wrongOne() }, outcome.Unlocks},
		"downgrade":                {func() { d := &downgrade{}; d.get(); d.get() }, outcome.Returns},
		"latest":                   {func() { q := &events{}; q.latest(1); q.latest(1) }, outcome.Hangs},
		"await":                    {func() { q := &events{seen: []int{1}}; q.await(1, never); q.await(1, never) }, outcome.Returns},
		"take":                     {func() { q := &events{}; q.take(one); q.take(one); q.take(fails1) }, outcome.Returns},
		"takeSilently":             {func() { q := &events{}; q.takeSilently(one); q.takeSilently(one); q.takeSilently(one) }, outcome.Hangs},
		"printBooks":               {func() { s := oneBook(); printBooks(s, func(string) error { return errAny }); s.Books[0].Lock() }, outcome.Hangs},
		"printBooksFixed":          {func() { s := oneBook(); printBooksFixed(s, func(string) error { return errAny }); s.Books[0].Lock() }, outcome.Returns},
		"renameBooks":              {func() { s := oneBook(); renameBooks(s, func(s string) string { return s }); s.Books[0].Lock() }, outcome.Returns},
		"leaveAll":                 {func() { newRoster().leaveAll("host", "b") }, outcome.Returns},
		"leaveAlone":               {func() { r := newRoster(); r.leaveAlone("host"); r.leave("b") }, outcome.Hangs},
		"releaseWhileWorking":      {func() { releaseWhileWorking(&cache{}, []string{"a", "b"}) }, outcome.Returns},
		"releaseWhileWorkingFails": {func() { releaseWhileWorkingFails(&cache{}, []string{"a"}, func(string) error { return errAny }) }, outcome.Unlocks},
		"fill":                     {func() { newTable().fill([]string{"a"}) }, outcome.Unlocks},
		"fillReturns":              {func() { t := newTable(); t.fillReturns([]string{"a"}); t.fillReturns(nil) }, outcome.Returns},
		"addReturns":               {func() { t := newTable(); t.addReturns("a"); t.addReturns("b") }, outcome.Returns},
		"addDeferred":              {func() { newTable().addDeferred("a", true) }, outcome.Unlocks},
		"dropWaiting":              {func() { t := newTable(); t.drop(true, func() {}); t.drop(false, func() {}) }, outcome.Returns},
		"dropIf":                   {func() { t := newTable(); t.dropIf(once()); t.dropIf(func() bool { return false }) }, outcome.Returns},
		"pause":                    {func() { t := newTable(); t.pause(once()); t.pause(once()) }, outcome.Returns},
		"pauseHelper":              {func() { t := newTable(); t.pauseHelper(once()); t.pauseHelper(once()) }, outcome.Returns},
		"pauseLiteral":             {func() { t := newTable(); t.pauseLiteral(once()); t.pauseLiteral(once()) }, outcome.Returns},
		"pauseWith":                {func() { t := newTable(); t.pauseWith(once(), t.mu.Lock); t.pauseWith(once(), t.mu.Lock) }, outcome.Returns},
		"fillAll":                  {func() { fillAll([]*table{newTable(), newTable()}, func(*table) bool { return true }) }, outcome.Returns},
		"lazyAdd":                  {func() { p := &printer{limit: 1}; p.lazyAdd(1); p.lazyAdd(1); p.lazyRead() }, outcome.Returns},
		"lazyForgets":              {func() { p := &printer{interrupted: true}; p.lazyForgets(); p.lazyForgets() }, outcome.Hangs},
		"lazyRenews":               {func() { p := &printer{}; p.lazyRenews(); p.lazyRenews() }, outcome.Returns},
		"bellAwait":                {func() { newBell().await(1) }, outcome.Unlocks},
		"bellAwaitQuiet":           {func() { newBell().awaitQuiet(1) }, outcome.Unlocks},
		"bellAwaitLocked":          {func() { b := newBell(); go b.ring(); b.awaitLocked(1) }, outcome.Returns},
		"bellAwaitAgain":           {func() { newBell().awaitAgain(0) }, outcome.Returns},
	})
}
