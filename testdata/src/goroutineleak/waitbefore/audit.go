package waitbefore

import (
	"slices"
	"sync"
)

type auditor struct {
	wg     sync.WaitGroup
	faults chan string
}

func (a *auditor) check(file string, test func(string) bool) {
	defer a.wg.Done()
	if !test(file) {
		a.faults <- file // want "send on a.faults blocks for ever"
	}
}

// Audit returns the files that do not pass the test.
func Audit(files []string, test func(string) bool) []string {
	a := &auditor{faults: make(chan string)}
	for _, f := range files {
		a.wg.Add(1)
		go a.check(f, test)
	}
	a.wg.Wait()
	close(a.faults)
	var faulty []string
	for f := range a.faults {
		faulty = append(faulty, f)
	}
	slices.Sort(faulty)
	return faulty
}

type auditorFixed struct {
	wg     sync.WaitGroup
	faults chan string
}

func (a *auditorFixed) check(file string, test func(string) bool) {
	defer a.wg.Done()
	if !test(file) {
		a.faults <- file
	}
}

// AuditFixed returns the files that do not pass the test.
func AuditFixed(files []string, test func(string) bool) []string {
	a := &auditorFixed{faults: make(chan string)}
	for _, f := range files {
		a.wg.Add(1)
		go a.check(f, test)
	}
	go func() {
		a.wg.Wait()
		close(a.faults)
	}()
	var faulty []string
	for f := range a.faults {
		faulty = append(faulty, f)
	}
	slices.Sort(faulty)
	return faulty
}
