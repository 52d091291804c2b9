package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.admin.ApplianceException;

class AccessListTest {
    private static final String A = "iqn.1993-08.org.debian:a";
    private static final String B = "iqn.1993-08.org.debian:b";

    @Test
    void newListLetsNobodyIn() {
        assertEquals("", AccessList.parse(List.of()).toString());
    }

    @Test
    void allowTakesBackAnEarlierDenial() {
        assertEquals(A, AccessList.parse(List.of("!" + A)).allow(A).toString());
    }

    @Test
    void denyTakesBackAnEarlierAllowanceAndLasts() {
        assertEquals("!" + A, AccessList.parse(List.of(A)).deny(A).toString());
        assertEquals("any,!" + A, AccessList.parse(List.of("any")).deny(A).toString());
    }

    @Test
    void denyAnyTakesBackEveryAllowanceAndKeepsDenials() {
        assertEquals(
                "!" + B,
                AccessList.parse(List.of("any", A, "!" + B)).deny("any").toString());
    }

    @Test
    void allowTwiceIsOneEntry() {
        assertEquals(
                A, AccessList.parse(List.of()).allow(A).allow(A.toUpperCase()).toString());
    }

    @Test
    void patternsAndNetworksAreEntriesToo() {
        AccessList list = AccessList.parse(List.of());
        for (String entry : List.of("iqn.1993-08.org.debian:*", "@10.0.0.0/24", A + "@fe80::1", "any@10.0.0.1")) {
            list = list.allow(entry);
        }
        assertEquals(
                "@10.0.0.0/24,any@10.0.0.1,iqn.1993-08.org.debian:*," + A + "@fe80::1,!@10.0.0.9",
                list.deny("@10.0.0.9").toString());
        AccessList same = list;
        assertThrows(ApplianceException.class, () -> same.allow("*"));
        assertThrows(ApplianceException.class, () -> same.allow("host@10.0.0.1"));
    }

    @Test
    void listHasABound() {
        AccessList list = AccessList.parse(List.of());
        for (int i = 0; i < AccessList.MAX_ENTRIES; i++) {
            list = list.allow("iqn.1993-08.org.debian:" + i);
        }
        AccessList full = list;
        assertThrows(ApplianceException.class, () -> full.allow(A));
    }
}
