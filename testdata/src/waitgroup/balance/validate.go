package balance

import (
	"sort"
	"sync"
)

// Validate applies the rules to a form and returns those that it violates.
func Validate(form map[string]string, rules map[string]func(map[string]string) (bool, error)) []string {
	var (
		mu       sync.Mutex
		violated []string
		wg       sync.WaitGroup
	)
	for name, rule := range rules {
		wg.Add(1)
		go func() {
			defer wg.Done()
			ok, err := rule(form)
			if err != nil {
				mu.Lock()
				violated = append(violated, name+": "+err.Error())
				mu.Unlock()
				wg.Done() // want "negative WaitGroup counter of wg"
				return
			}
			if !ok {
				mu.Lock()
				violated = append(violated, name)
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	sort.Strings(violated)
	return violated
}

// ValidateFixed applies the rules to a form and returns those that it violates.
func ValidateFixed(form map[string]string, rules map[string]func(map[string]string) (bool, error)) []string {
	var (
		mu       sync.Mutex
		violated []string
		wg       sync.WaitGroup
	)
	for name, rule := range rules {
		wg.Add(1)
		go func() {
			defer wg.Done()
			ok, err := rule(form)
			if err != nil {
				mu.Lock()
				violated = append(violated, name+": "+err.Error())
				mu.Unlock()
				return
			}
			if !ok {
				mu.Lock()
				violated = append(violated, name)
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	sort.Strings(violated)
	return violated
}
