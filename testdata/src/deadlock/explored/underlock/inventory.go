package underlock

import "sync"

// Inventory counts the goods of all shelves.
func Inventory(shelves [][]string) map[string]int {
	var (
		mu    sync.Mutex
		goods = map[string]int{}
		wg    sync.WaitGroup
	)
	mu.Lock()
	for _, s := range shelves {
		if len(s) == 0 {
			goods["empty"]++
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock() // missed "lock of mu blocks for ever"
			defer mu.Unlock()
			for _, g := range s {
				goods[g]++
			}
		}()
	}
	wg.Wait() // also deadlock "wg.Wait under mu blocks for ever"
	delete(goods, "")
	mu.Unlock()
	return goods
}

// InventoryFixed counts the goods of all shelves.
func InventoryFixed(shelves [][]string) map[string]int {
	var (
		mu    sync.Mutex
		goods = map[string]int{}
		wg    sync.WaitGroup
	)
	mu.Lock()
	for _, s := range shelves {
		if len(s) == 0 {
			goods["empty"]++
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			for _, g := range s {
				goods[g]++
			}
		}()
	}
	mu.Unlock()
	wg.Wait()
	mu.Lock()
	delete(goods, "")
	mu.Unlock()
	return goods
}
